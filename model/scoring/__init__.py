"""Scoring: how good scores are, each number with an interval that takes users as independent."""
