"""Novelty result: how an effect goes on over days."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from semantic.experiment import Method

Verdict = Literal["fades", "grows", "not shown", "unknown"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days that are looked at together.

    Attributes
    ----------
    first, last : str
        First and last day: ISO days, or days since a user's first session.
    lift : Estimate
        Relative difference in those days; the intervals of all spans hold together. n are sessions.
    """

    first: str
    last: str
    lift: Estimate


@dataclass(frozen=True, slots=True)
class Look:
    """What was known at the end of a day.

    Attributes
    ----------
    day : str
        ISO day; all sessions until then.
    lift : Estimate
        With the interval that holds at every look. n are sessions.
    p_value : float or None
        Of "no effect", valid at every look.
    """

    day: str
    lift: Estimate
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Fading:
    """Whether the effect changes with the days since users came first.

    Attributes
    ----------
    verdict : {"fades", "grows", "not shown", "unknown"}
        ``unknown`` where users do not come back often enough to tell.
    p_value : float or None
        Of "it stays".
    per_doubling : Estimate
        By how much the ratio of treatment to control changes each time one plus the days doubles, less 1.
    after_first_day : Estimate
        Lift over the sessions after each user's first day.
    """

    verdict: Verdict
    p_value: float | None
    per_doubling: Estimate
    after_first_day: Estimate


@dataclass(frozen=True, slots=True)
class TreatmentCourse:
    """One treatment against control.

    Attributes
    ----------
    treatment : str
        Its name.
    headline, evidence : str
        Whether the effect lasts, and since when it is shown, in words.
    whole : Estimate
        Lift over all days.
    fading : Fading
        Test of the trend.
    since_first : tuple of Span
        By days since a user's first session.
    by_date : tuple of Span
        By day or week of the calendar.
    looks : tuple of Look
        Up to 20, the last one at the end.
    """

    treatment: str
    headline: str
    evidence: str
    whole: Estimate
    fading: Fading
    since_first: tuple[Span, ...]
    by_date: tuple[Span, ...]
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class NoveltyResult:
    """Whether the effects last.

    Attributes
    ----------
    outcome, label, unit : str
        What was compared.
    control : str
        Name of control.
    method : {"sequential", "fixed"}
        What bands and trend are held to; looks are always sequences.
    confidence : float
        Level of all spans together, of the trend, and of all looks together.
    headline : str
        In a sentence for each treatment.
    treatments : tuple of TreatmentCourse
        None where nothing can be compared.
    warnings : tuple of str
        What else must be known to read the numbers.
    """

    outcome: str
    label: str
    unit: str
    control: str
    method: Method
    confidence: float
    headline: str
    treatments: tuple[TreatmentCourse, ...]
    warnings: tuple[str, ...]
