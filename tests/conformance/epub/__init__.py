"""E-books before judges from outside, and read back."""
