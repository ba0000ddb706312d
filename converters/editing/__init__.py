"""Passes: Document in, Document out. Each does what an editor, a collection or an option asked for, and says what it did."""
