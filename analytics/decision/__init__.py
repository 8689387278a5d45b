"""Decision: what to do with the treatments, from effects, checks and segments together."""

from analytics.decision.decision import DECISION, PARTS, compute_decision

__all__ = ["DECISION", "PARTS", "compute_decision"]
