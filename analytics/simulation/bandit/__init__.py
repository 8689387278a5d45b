"""Bandits beside a fixed split: what they earn while they learn, and what that costs in inference."""
