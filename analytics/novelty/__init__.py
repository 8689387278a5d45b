"""Novelty: whether an effect lasts: by days since users came first, by date, and the evidence as it grew."""

from analytics.novelty.novelty import NOVELTY, compute_novelty

__all__ = ["NOVELTY", "compute_novelty"]
