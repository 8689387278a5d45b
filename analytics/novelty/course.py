"""Course of an outcome: spans of days, looks and the trend, from sums over users by day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from analytics.estimate import Estimate, bounded, estimate, estimates
from analytics.experiment.additive import log_effects
from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.course import inflated, inflation, sidak, slope_of, summed
from analytics.experiment.effect import Effect, as_lift
from analytics.experiment.finding import compare
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.novelty.result import Fading, Look, Span, TreatmentCourse, Verdict
from analytics.novelty.words import evidence_sentence, fading_sentence
from analytics.outcome import SESSIONS, Outcome, columns_of, moments_of
from semantic.catalog import MISSING, VARIANT
from semantic.units import UnitAnswer

N_LOOKS = 20
MOST_DAYS = 14
"""Up to so many days are shown one by one, more by week."""
_SINCE_FIRST = (0, 1, 2, 4, 7, 14, 28, 56)
"""First days of the spans since a user's first session."""


@dataclass(frozen=True, slots=True)
class _Days:
    """Sums by day of one answer, without the missing one, and what adding days up costs."""

    labels: tuple[str, ...]
    outcome: Outcome
    answer: UnitAnswer
    whole: Arm

    def sessions(self) -> Floats:
        """Return sessions by day and variant."""
        return self.answer.totals[: len(self.labels), :, columns_of([self.outcome]).index(SESSIONS)]

    def arm(self, spans: Sequence[slice]) -> Arm:
        """Return what was measured in spans of days; its variance errs to the safe side."""
        moments = moments_of(self.answer, columns_of([self.outcome]), self.outcome.columns)
        everything = summed(moments, [slice(0, len(self.labels))])
        sessions = self.sessions()
        every = arms_of(everything, sessions.sum(axis=0, keepdims=True), is_rate=self.outcome.is_rate)
        n_sessions = np.stack([sessions[span].sum(axis=0) for span in spans])
        arm = arms_of(summed(moments, spans), n_sessions, is_rate=self.outcome.is_rate)
        single = np.array([[span.stop - span.start == 1] for span in spans])
        return inflated(arm, np.where(single, 1.0, inflation(self.whole, every)))


def course_of(
    outcome: Outcome, sums: tuple[UnitAnswer, UnitAnswer, UnitAnswer], plan: Plan, least: int
) -> tuple[TreatmentCourse, ...]:
    """Return how the effect of each treatment goes on.

    Parameters
    ----------
    outcome : Outcome
        Per session.
    sums : tuple of UnitAnswer
        By variant, control first; by days since the first session and variant; by day and variant.
    plan : Plan
        Fixed or sequential.
    least : int
        Sessions that every variant must have in a span; shorter spans are joined to the one before.

    Notes
    -----
    Intervals of spans hold together (`sidak`). Days are added up as if a user's days were of different users, with a
    variance as many times larger as it is over all days (`inflation`).
    """
    whole, since_first, by_date = sums
    every = arms_of(
        moments_of(whole, columns_of([outcome]), outcome.columns),
        whole.totals[:, columns_of([outcome]).index(SESSIONS)],
        is_rate=outcome.is_rate,
    )
    exposure, dates = (_days(answer, outcome, every) for answer in (since_first, by_date))
    names = whole.members[VARIANT]
    treatments = []
    for place, name in enumerate(names[1:], start=1):
        lift = compare(every[place], every[0], plan).lift
        total = estimate(bounded(lift), every.n_sessions[place] + every.n_sessions[0])
        fading = _fading(exposure, place, plan, least)
        looks = _looks(dates, place, replace(plan, method="sequential"))
        treatments.append(
            TreatmentCourse(
                name,
                fading_sentence(name, fading, total),
                evidence_sentence(name, looks, plan.confidence),
                total,
                fading,
                _spans(exposure, _since_first(exposure, least), place, plan),
                _spans(dates, _by_date(dates, least), place, plan),
                looks,
            )
        )
    return tuple(treatments)


def _days(answer: UnitAnswer, outcome: Outcome, whole: Arm) -> _Days:
    labels = tuple(label for label in answer.members[answer.by[0]] if label != MISSING)
    return _Days(labels, outcome, answer, whole)


def _since_first(days: _Days, least: int) -> list[slice]:
    n = len(days.labels)
    return _joined(days, [slice(a, min(b, n)) for a, b in pairwise((*_SINCE_FIRST, n)) if a < min(b, n)], least)


def _by_date(days: _Days, least: int) -> list[slice]:
    n, step = len(days.labels), 1 if len(days.labels) <= MOST_DAYS else 7
    return _joined(days, [slice(start, min(start + step, n)) for start in range(0, n, step)], least)


def _joined(days: _Days, spans: Sequence[slice], least: int) -> list[slice]:
    """Return spans with enough sessions of every variant; a smaller one is joined to the one before."""
    sessions = days.sessions()
    found: list[slice] = []
    for span in spans:
        is_cut = span.stop - span.start < (found[-1].stop - found[-1].start) / 2 if found else False
        is_small = is_cut or sessions[span].sum(axis=0).min(initial=np.inf) < least
        if found and is_small:
            found[-1] = slice(found[-1].start, span.stop)
        else:
            found.append(span)
    return [span for span in found if sessions[span].sum(axis=0).min(initial=np.inf) >= max(least, 1)]


def _spans(days: _Days, spans: Sequence[slice], place: int, plan: Plan) -> tuple[Span, ...]:
    if not spans:
        return ()
    arm = days.arm(spans)
    together = replace(plan, confidence=sidak(plan.confidence, len(spans)))
    lifts = compare(arm[:, place], arm[:, 0], together).lift
    n = arm.n_sessions[:, place] + arm.n_sessions[:, 0]
    return tuple(
        Span(days.labels[span.start], days.labels[span.stop - 1], one)
        for span, one in zip(spans, estimates(bounded(lifts), n), strict=True)
    )


def _looks(days: _Days, place: int, plan: Plan) -> tuple[Look, ...]:
    """Return what was known at the end of up to twenty days."""
    present = np.flatnonzero(days.sessions().sum(axis=1))
    if not present.size:
        return ()
    first, last = int(present[0]), int(present[-1])
    ends = np.unique(np.linspace(first, last, min(N_LOOKS + 1, last - first + 1)).round().astype(int))
    spans = [slice(0, int(end) + 1) for end in ends[1 if ends.size > N_LOOKS else 0 :]]
    arm = days.arm(spans)
    found = compare(arm[:, place], arm[:, 0], plan)
    lifts = estimates(bounded(found.lift), arm.n_sessions[:, place] + arm.n_sessions[:, 0])
    rows = zip(spans, lifts, found.p_value.tolist(), strict=True)
    return tuple(Look(days.labels[span.stop - 1], lift, p if p == p else None) for span, lift, p in rows)


def _fading(days: _Days, place: int, plan: Plan, least: int) -> Fading:
    """Return whether the effect changes with the days since users came first."""
    spans = _since_first(days, least)
    nothing = Estimate(None, None, None, 0)
    if len(spans) < 2:
        return Fading("unknown", None, nothing, nothing)
    arm, sessions = days.arm(spans), days.sessions()
    effect, n = log_effects(arm[:, place], arm[:, 0]), arm.n_sessions[:, place] + arm.n_sessions[:, 0]
    known = np.isfinite(effect.value) & (effect.error > 0)
    if np.count_nonzero(known) < 2:
        return Fading("unknown", None, nothing, nothing)
    numbers = np.arange(len(days.labels))
    mean_day = np.array([np.average(numbers[span], weights=sessions[span].sum(axis=1)) for span in spans])
    slope = slope_of(
        Effect(effect.value[known], effect.error[known], effect.freedom[known]), np.log2(1 + mean_day)[known]
    )
    total = np.asarray(n.sum())
    p_value = float(plan.p_value(slope.statistic, total, total))
    within = as_lift(slope.within(plan.critical(total, total)))
    later = days.arm([slice(1, len(days.labels))])
    after = compare(later[:, place], later[:, 0], plan).lift
    n_later = later.n_sessions[:, place] + later.n_sessions[:, 0]
    verdict = _verdict(
        p_value, plan, float(slope.value), float(np.average(effect.value[known], weights=effect.error[known] ** -2))
    )
    return Fading(verdict, p_value, estimate(bounded(within), total), estimates(bounded(after), n_later)[0])


def _verdict(p_value: float, plan: Plan, slope: float, effect: float) -> Verdict:
    if not p_value < 1 - plan.confidence:
        return "not shown"
    return "fades" if slope * effect < 0 else "grows"
