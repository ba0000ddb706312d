"""The PDF as readers that we did not write see it."""
