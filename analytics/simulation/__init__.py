"""Simulated experiments: what a plan does when it is run many thousand times."""
