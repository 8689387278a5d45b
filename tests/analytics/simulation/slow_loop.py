"""The rules of the simulation over again, one experiment and one look at a time, in plain Python."""

import math
from collections.abc import Sequence

from analytics.experiment.bayes import compare_rates
from analytics.experiment.statistic import Proportion

Counts = Sequence[Sequence[float]]
"""By look: users and conversions of treatment, then of control."""


def score(x1: float, n1: float, x2: float, n2: float) -> float:
    """Return the score statistic; 0 where nothing varies."""
    p, n = (x1 + x2) / (n1 + n2), n1 + n2
    if p in (0.0, 1.0):
        return 0.0
    return (x1 / n1 - x2 / n2) / math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2) * n / (n - 1))


def robbins(n: float, planned: float, alpha: float = 0.05) -> float:
    """Return the critical value of the confidence sequence."""
    evidence = -2 * math.log(alpha)
    r = (evidence + math.log(1 + evidence)) / planned * n
    return math.sqrt(2 * (1 + r) / r * (-math.log(alpha) + math.log(1 + r) / 2))


def first_call(counts: Counts, rule: str, planned: Sequence[float], bounds: Sequence[float]) -> int:
    """Return at which look a rule calls a difference; the number of looks where never."""
    for look, (n1, x1, n2, x2) in enumerate(counts):
        z = abs(score(x1, n1, x2, n2))
        limits = {"peeking": 1.959963985, "group_sequential": bounds[look], "once": math.inf}
        limits["always_valid"] = robbins(n1 + n2, planned[-1])
        if look == len(counts) - 1:
            limits["once"] = limits["peeking"]
        if rule == "bayes":
            chance = float(compare_rates(Proportion.of(x1, n1), Proportion.of(x2, n2)).chance_to_beat)
            is_called = max(chance, 1 - chance) >= 0.95
        else:
            is_called = z > limits[rule]
        if is_called:
            return look
    return len(counts)
