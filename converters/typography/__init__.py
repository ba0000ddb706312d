"""The rules of Chinese typesetting, each with its clause: pure tables and functions over whole arrays of characters; no pages, no files."""
