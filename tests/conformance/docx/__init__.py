"""The Word file as checkers and readers that we did not write see it, and as an editor uses it."""
