"""Checks of the validity gate: one file a question; each turns what was observed into a sentence with its remedy."""
