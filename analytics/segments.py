"""Segments: which combinations of dimensions convert best and worst, and which of them by more than chance."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimate, estimates
from analytics.experiment.correction import holm
from analytics.experiment.exact import fisher
from analytics.experiment.proportion import wilson
from analytics.experiment.shrinkage import BetaPrior, estimate_prior
from analytics.segment_cells import (
    WHOLE,
    Cells,
    combinations_of,
    dimension_names,
    gather,
    is_open,
    is_too_much,
    segment_queries,
)
from analytics.variants import control_first
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer


@dataclass(frozen=True, slots=True)
class SegmentMember:
    """One of the members that make a segment; each is a clause of a filter.

    Attributes
    ----------
    dimension, label : str
        Name and label of the dimension.
    member : str
        The member of it.
    """

    dimension: str
    label: str
    member: str


@dataclass(frozen=True, slots=True)
class Segment:
    """The sessions of a selection that have two or three members in common.

    Attributes
    ----------
    members : tuple of SegmentMember
        What they have in common.
    rate : Estimate
        Conversion rate as counted, Wilson interval.
    shrunken_rate : Estimate
        Conversion rate shrunk towards the whole, with its credible interval; segments are ranked by it.
    difference : Estimate
        The shrunken rate minus the rate of the whole, which is taken as known; a fraction.
    p_value : float
        That the segment converts as the rest of the selection does, two-sided.
    p_adjusted : float
        The same, corrected for all segments looked at (Holm).
    stands_out : bool
        Whether ``p_adjusted`` is below 1 - confidence.
    variants : tuple of Estimate
        Conversion rate of each of ``SegmentsResult.variants`` as counted, Wilson interval.
    """

    members: tuple[SegmentMember, ...]
    rate: Estimate
    shrunken_rate: Estimate
    difference: Estimate
    p_value: float
    p_adjusted: float
    stands_out: bool
    variants: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class SegmentsResult:
    """The best and the worst segments of a selection.

    Attributes
    ----------
    summary : str
        How many segments were looked at, left out and stand out, in words.
    whole : Estimate
        Conversion rate of the selection, Wilson interval.
    variants : tuple of str
        Control first.
    depth, min_sessions : int
        Dimensions in a segment, and sessions that it must have.
    best, worst : tuple of Segment
        Up to 10 each, by shrunken rate: above the whole from the highest down, below it from the lowest up.
    n_looked_at, n_too_small, n_stand_out : int
        Segments tested, left out for having fewer than ``min_sessions`` (but at least one), and standing out.
    prior_sessions : float
        How many sessions the whole counts for beside a segment's own; a large number where only chance is seen.
    left_out : tuple of str
        Combinations of dimensions that were not looked at, in words, because they have too many cells or are not kept
        ready.
    """

    summary: str
    whole: Estimate
    variants: tuple[str, ...]
    depth: int
    min_sessions: int
    best: tuple[Segment, ...]
    worst: tuple[Segment, ...]
    n_looked_at: int
    n_too_small: int
    n_stand_out: int
    prior_sessions: float
    left_out: tuple[str, ...]


N_RANKED = 10


def compute_segments(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> SegmentsResult:
    """Return the segments that convert best and worst, each tested against the rest of the selection.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``whole``: sessions and conversions by variant; and the same by each combination of dimensions and the variant.
    request : Request
        Its confidence, depth, least sessions and filter.
    catalog : Catalog
        Dimensions, and control.

    Notes
    -----
    See `estimate_prior` for the shrinkage, `fisher` for the test and `holm` for its correction. A dimension of which
    the filter leaves one member only says nothing more, so combinations with it are passed over.
    """
    whole, params = answers[WHOLE], request.params
    order = control_first(whole.members[VARIANT], catalog)
    total = (float(whole[N_CONVERTED].sum()), float(whole[N_SESSIONS].sum()))
    asked = combinations_of(request, catalog)
    used = [answers[name] for name in asked if name in answers and is_open(answers[name])]
    cells, n_too_small = gather(used, params.min_sessions)
    found = _Found(cells, total, params.confidence)
    best, worst = found.ranked()
    labels = {d.name: d.label for d in catalog.dimensions}
    words = (order, labels)
    left_out = tuple(" × ".join(labels[d] for d in by) for name, by in asked.items() if name not in answers)
    counts = (cells.place.size, n_too_small, int(found.stands_out.sum()))
    return SegmentsResult(
        summary=_summary(counts, request, len(left_out)),
        whole=estimate(wilson(*total, params.confidence), total[1]),
        variants=tuple(whole.members[VARIANT][place] for place in order),
        depth=params.depth,
        min_sessions=params.min_sessions,
        best=found.segments(best, used, words),
        worst=found.segments(worst, used, words),
        n_looked_at=counts[0],
        n_too_small=counts[1],
        n_stand_out=counts[2],
        prior_sessions=found.prior.n_sessions,
        left_out=left_out,
    )


class _Found:
    """The segments with what is made of them."""

    def __init__(self, cells: Cells, total: tuple[float, float], confidence: float) -> None:
        converted, sessions = total
        self.cells, self.confidence = cells, confidence
        self.n, self.converted = cells.n.sum(axis=1), cells.converted.sum(axis=1)
        self.mean = converted / sessions if sessions else 0.0
        one = np.ones(1)
        self.prior = (
            estimate_prior(self.converted, self.n, cells.group, total) if sessions else BetaPrior(0.0, 0 * one, one)
        )
        self.rates = self.prior.rate(self.converted, self.n)
        self.p_values = fisher(self.converted, self.n, converted - self.converted, sessions - self.n)
        self.p_adjusted = holm(self.p_values)
        self.stands_out = self.p_adjusted < 1 - confidence

    def ranked(self) -> tuple[list[int], list[int]]:
        """Return the places of the best and of the worst segments."""
        order = np.argsort(-self.rates, kind="stable")
        above, below = self.rates[order] > self.mean, self.rates[order] < self.mean
        return order[above][:N_RANKED].tolist(), order[below][::-1][:N_RANKED].tolist()

    def segments(
        self, places: list[int], answers: list[Answer], words: tuple[list[int], Mapping[str, str]]
    ) -> tuple[Segment, ...]:
        """Return the segments of those places."""
        if not places:
            return ()
        order, labels = words
        cells, n, converted, level = self.cells, self.n[places], self.converted[places], self.confidence
        shrunken = self.prior.interval(converted, n, level)
        by_variant = wilson(cells.converted[places][:, order].ravel(), cells.n[places][:, order].ravel(), level)
        variants = estimates(by_variant, cells.n[places][:, order].ravel())
        rows = zip(places, estimates(wilson(converted, n, level), n), estimates(shrunken, n), strict=True)
        return tuple(
            Segment(
                _members(answers[cells.group[place]], int(cells.place[place]), labels),
                rate,
                shrunk,
                _minus(shrunk, self.mean),
                float(self.p_values[place]),
                float(self.p_adjusted[place]),
                bool(self.stands_out[place]),
                variants[row * len(order) : (row + 1) * len(order)],
            )
            for row, (place, rate, shrunk) in enumerate(rows)
        )


def _members(answer: Answer, place: int, labels: Mapping[str, str]) -> tuple[SegmentMember, ...]:
    by = answer.by[:-1]
    places = np.unravel_index(place, [len(answer.members[name]) for name in by])
    return tuple(SegmentMember(d, labels[d], answer.members[d][at]) for d, at in zip(by, places, strict=True))


def _minus(value: Estimate, mean: float) -> Estimate:
    middle, low, high = (None if end is None else end - mean for end in (value.value, value.low, value.high))
    return Estimate(middle, low, high, value.n)


def _summary(counts: tuple[int, int, int], request: Request, n_left_out: int) -> str:
    n_looked_at, n_too_small, n_stand_out = counts
    params = request.params
    dimensions = "1 dimension" if params.depth == 1 else f"{params.depth} dimensions"
    what = f"segments of {dimensions} with at least {params.min_sessions:,} sessions"
    if not n_looked_at:
        return f"There are no {what} in this selection."
    stand = {0: "none stands", 1: "1 stands"}.get(n_stand_out, f"{n_stand_out:,} stand")
    text = f"Of {n_looked_at:,} {what}, {stand} out from the rest by more than chance"
    text += f" ({100 * params.confidence:g} % for all together)."
    text += f" {_smaller(n_too_small)} left out." if n_too_small else ""
    return text + (f" {n_left_out:,} combinations of dimensions are too large to look at." if n_left_out else "")


def _smaller(count: int) -> str:
    return "1 smaller one was" if count == 1 else f"{count:,} smaller ones were"


SEGMENTS = Analysis(
    "segments",
    "Best and worst segments",
    is_available=lambda catalog: len(dimension_names(catalog)) > 1,
    queries=segment_queries,
    compute=compute_segments,
    result=SegmentsResult,
    parameters=("confidence", "depth", "min_sessions"),
    needs="two categories, places or bands beside the variant",
    is_too_much=is_too_much,
)
