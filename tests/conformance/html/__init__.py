"""Web pages before judges from outside, and read back."""
