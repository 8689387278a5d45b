"""Verdict: from intervals to what to do, by rules that are written down before the data are seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

from analytics.experiment.contrast import Contrast

Kind = Literal["ship", "keep", "ship_for_segments", "keep_running", "cannot_be_answered"]
"""What to do: serve the treatment to all, stay with control, serve it to some, wait, or mend the experiment."""
Because = Literal[
    "better",
    "worse",
    "too_small",
    "guardrail",
    "guardrail_open",
    "size_open",
    "segments",
    "part",
    "open",
    "early",
    "not_shown",
    "gate",
    "no_comparison",
]
"""Why: the rule that decided."""
Stage = Literal["early", "open", "over"]
"""Before the only look that was planned, while looks are allowed, or at the planned end."""

_SETTLED = ("worse", "too_small", "guardrail")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one treatment, in metrics of which more is better.

    Attributes
    ----------
    variant : str
        Its name.
    metric : Contrast
        Against control, on the metric that decides.
    guardrails : tuple of Contrast
        Against control, on each metric that must not get worse.
    segments : tuple of Contrast
        Those segments whose effect is still shown after correction for all that were looked at.
    beats : frozenset of str
        Other treatments that it is shown to be better than.
    """

    variant: str
    metric: Contrast
    guardrails: tuple[Contrast, ...] = ()
    segments: tuple[Contrast, ...] = ()
    beats: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """What was agreed before.

    Attributes
    ----------
    smallest_effect : float
        The smallest lift worth acting on, a fraction of control; 0: any.
    margin : float
        Loss in a guardrail that is accepted, a fraction of control.
    stage : {"early", "open", "over"}
        Where the experiment stands in its plan.
    gate_failed : bool
        Whether a check of the data failed without which no number can be trusted.
    """

    smallest_effect: float = 0.0
    margin: float = 0.0
    stage: Stage = "open"
    gate_failed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, and why.

    Attributes
    ----------
    kind : str
        See `Kind`.
    because : str
        See `Because`.
    variant : str
        The treatment that it is about; empty where there is none.
    alike : tuple of str
        Treatments that it is not shown to be better than and that could be shipped as well.
    guardrails : tuple of str
        Guardrails that stand in the way: broken, or not yet shown to hold.
    segments : tuple of str
        Where the treatment is to be served.
    exceptions : tuple of str
        Where it is not to be served, though it is elsewhere.
    """

    kind: Kind
    because: Because
    variant: str = ""
    alike: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def decide(candidates: Sequence[Candidate], rules: Rules) -> Verdict:
    """Return the verdict on treatments against control.

    Parameters
    ----------
    candidates : sequence of Candidate
        The treatments, at a level that holds for all of them together.
    rules : Rules
        What was agreed before.

    Notes
    -----
    In this order:

    1. a failed gate, or nothing to compare: *cannot be answered*;
    2. before the only planned look: *keep running*;
    3. a treatment whose interval lies above 0 and whose estimate is at least the smallest effect worth acting on, and
       each guardrail of which is shown to lose less than the margin: *ship* the one with the largest estimate, less the
       segments in which it is shown to be worse (*ship for segments*);
    4. segments in which a treatment is shown to be better, by at least the smallest effect, and each guardrail of it is
       shown to hold for all users: *ship for segments*;
    5. every treatment is shown to be worse than control, or better by less than the smallest effect, or to break a
       guardrail: *keep*;
    6. the planned end: *keep*, since nothing was shown; else *keep running*.

    Each step reads intervals alone, so it cannot contradict them, nor p-values that agree with them. A part of the
    experiment that was picked by a filter decides nothing unless its effect survives correction for all parts like it.

    References
    ----------
    Schultzberg, M., Ankargren, S., Frånberg, M. (2024). Risk-aware product decisions in A/B tests with multiple
    metrics. arXiv 2402.11609.
    """
    known = [one for one in candidates if not isnan(one.metric.difference[1])]
    if rules.gate_failed or not known:
        return Verdict("cannot_be_answered", "gate" if rules.gate_failed else "no_comparison")
    ranked = sorted(known, key=lambda one: -one.metric.difference[1])
    if rules.stage == "early":
        return Verdict("keep_running", "early", ranked[0].variant)
    standing = {one.variant: standing_of(one, rules) for one in ranked}
    return _shipped(ranked, standing) or _for_segments(ranked, rules) or _not_shipped(ranked, standing, rules)


def standing_of(candidate: Candidate, rules: Rules) -> Because:
    """Return what is shown of one treatment by itself; ``better`` where it can be shipped.

    Parameters
    ----------
    candidate : Candidate
        The treatment.
    rules : Rules
        What was agreed before.
    """
    metric, smallest = candidate.metric, rules.smallest_effect
    if metric.is_hint:
        return "part"
    if metric.is_worse:
        return "worse"
    if metric.lift[2] < smallest:
        return "too_small"
    if broken_of(candidate, rules):
        return "guardrail"
    if not metric.is_better:
        return "open"
    if metric.lift[1] < smallest:
        return "size_open"
    return "guardrail_open" if open_of(candidate, rules) else "better"


def broken_of(candidate: Candidate, rules: Rules) -> tuple[str, ...]:
    """Return the guardrails that are shown to get worse, and not shown to do so by less than the margin."""
    return tuple(g.name for g in candidate.guardrails if g.is_worse and not g.is_above(-rules.margin))


def open_of(candidate: Candidate, rules: Rules) -> tuple[str, ...]:
    """Return the guardrails that may lose more than the margin, as far as is shown."""
    return tuple(g.name for g in candidate.guardrails if not g.is_above(-rules.margin))


def _shipped(ranked: Sequence[Candidate], standing: dict[str, Because]) -> Verdict | None:
    good = [one for one in ranked if standing[one.variant] == "better"]
    if not good:
        return None
    best = good[0]
    rivals = [one.variant for one in good[1:] if one.variant not in best.beats]
    worse = tuple(segment.name for segment in best.segments if segment.is_worse)
    kind: Kind = "ship_for_segments" if worse else "ship"
    return Verdict(kind, "better", best.variant, tuple(rivals), exceptions=worse)


def _for_segments(ranked: Sequence[Candidate], rules: Rules) -> Verdict | None:
    for one in ranked:
        better = tuple(s.name for s in one.segments if s.is_better and not s.lift[1] < rules.smallest_effect)
        if better and not open_of(one, rules):
            return Verdict("ship_for_segments", "segments", one.variant, segments=better)
    return None


def _not_shipped(ranked: Sequence[Candidate], standing: dict[str, Because], rules: Rules) -> Verdict:
    unsettled = [one for one in ranked if standing[one.variant] not in _SETTLED]
    if not unsettled:
        best = min(ranked, key=lambda one: standing[one.variant] == "worse")
        return Verdict("keep", standing[best.variant], best.variant, guardrails=broken_of(best, rules))
    best = unsettled[0]
    why = standing[best.variant]
    stopping = open_of(best, rules) if why == "guardrail_open" else ()
    if rules.stage == "over":
        told = why if why in ("guardrail_open", "part") else "not_shown"
        return Verdict("keep", told, best.variant, guardrails=stopping)
    return Verdict("keep_running", why, best.variant, guardrails=stopping)
