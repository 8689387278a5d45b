"""Words of the simulator: how often one looks, shares with the interval of the simulation, lifts with a sign."""

from analytics.estimate import Estimate
from analytics.simulation.scenario import Scenario
from analytics.simulation.simulated import Outcome, Simulated
from dashboard.format import NO_BREAK, NumberFormat

_LOOKS = {1: "every day", 7: "every week"}
TONES = {
    "once": "neutral",
    "always_valid": "main",
    "group_sequential": "variant-3",
    "peeking": "variant-2",
    "bayes": "variant-4",
    "by_session": "variant-6",
}
"""Colour of each way of deciding."""


SHORT = {
    "once": "Once",
    "always_valid": "Always valid",
    "group_sequential": "Group-sequential",
    "peeking": "Fixed, peeking",
    "bayes": "Chance to win",
    "by_session": "By session",
}
"""Its name where there is little room."""


def looking(scenario: Scenario) -> str:
    """Return how often one looks.

    Examples
    --------
    >>> looking(Scenario(days=14, every=0)), looking(Scenario(days=14, every=7))
    ('once, at the end', 'every week')
    """
    if len(scenario.look_days) == 1:
        return "once, at the end"
    return _LOOKS.get(scenario.every, f"every {scenario.every} days")


def rate(estimate: Estimate, write: NumberFormat) -> str:
    """Return a share without its interval."""
    return "–" if estimate.value is None else write.rate(estimate.value)


def between(estimate: Estimate, write: NumberFormat) -> str:
    """Return the interval of a share."""
    return write.interval(estimate.low, estimate.high, "fraction")


def lift(value: float | None, write: NumberFormat) -> str:
    """Return a lift with its sign, such as ``+4.1 %``."""
    return "–" if value is None else write.signed_rate(value)


def lifts(low: float, high: float, write: NumberFormat) -> str:
    """Return two lifts in whole per cent, such as ``−10 to +12 %``."""
    first, last = (
        f"{'+' if end > 0 else '−' if end < 0 else ''}{write.fixed(abs(end) * 100, 0)}" for end in (low, high)
    )
    return f"{first} to {last}{NO_BREAK}%"


def outcome_of(found: Simulated, name: str) -> Outcome:
    """Return what one way of deciding does."""
    return next(outcome for outcome in found.outcomes if outcome.name == name)
