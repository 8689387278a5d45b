"""Effects: what each treatment does to each outcome, over users, under the experiment's plan."""

from analytics.effects.effects import EFFECTS, asked_columns, compute_effects

__all__ = ["EFFECTS", "asked_columns", "compute_effects"]
