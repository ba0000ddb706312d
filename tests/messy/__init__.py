"""Clean texts made messy, and how much of each text the recovery finds again. README.md beside this file says how."""
