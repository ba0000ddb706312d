"""Judges from outside that we did not write."""
