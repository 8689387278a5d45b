"""Intervals of proportions and means, as pure functions of sums."""
