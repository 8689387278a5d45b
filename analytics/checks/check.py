"""Check: one thing that must hold before variants are compared, and how it turned out."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["passed", "warning", "failed", "unknown"]
Unit = Literal["count", "fraction", "p", "number", "points"]

FAILS_BELOW = 0.001
"""P-value below which a check fails: thousands of valid experiments are looked at, and a failure stops a decision."""
WARNS_BELOW = 0.01
"""P-value below which a check warns."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A number behind a check.

    Attributes
    ----------
    label : str
        What people read.
    value : float or None
        None where it does not exist.
    unit : {"count", "fraction", "p", "number", "points"}
        How it is written; ``points`` is a difference of fractions.
    """

    label: str
    value: float | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes
    ----------
    name : str
        One word, such as ``sample_ratio``.
    label : str
        What people read.
    status : {"passed", "warning", "failed", "unknown"}
        ``failed``: effects must not be read before the cause is found. ``warning``: read them with this in mind.
        ``unknown``: the data cannot tell.
    sentence : str
        What was found, with value and rule.
    remedy : str
        What to do; empty where there is nothing to do.
    p_value : float or None
        Of "nothing is wrong", corrected for the number of tests within the check; None where it is no test.
    details : tuple of Detail
        The numbers behind the sentence.
    """

    name: str
    label: str
    status: Status
    sentence: str
    remedy: str = ""
    p_value: float | None = None
    details: tuple[Detail, ...] = ()


def status_of(p_value: float) -> Status:
    """Return how a test with this p-value turned out.

    Examples
    --------
    >>> [status_of(p) for p in (0.2, 0.005, 0.0001)]
    ['passed', 'warning', 'failed']
    """
    return "failed" if p_value < FAILS_BELOW else "warning" if p_value < WARNS_BELOW else "passed"


def worst_of(statuses: list[Status]) -> Status:
    """Return the worst of several; ``unknown`` only where nothing else is there.

    Examples
    --------
    >>> worst_of(["passed", "warning", "unknown"]), worst_of(["passed", "unknown"]), worst_of([])
    ('warning', 'passed', 'unknown')
    """
    order: tuple[Status, ...] = ("failed", "warning", "passed")
    return next((status for status in order if status in statuses), "unknown")
