"""KPI: each metric per variant with interval, against control and another selection, and its course by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, bounded, estimate, estimates
from analytics.experiment.interval import Floats
from analytics.experiment.mean import Sample
from analytics.experiment.overlap import overlapping_means, overlapping_proportions
from analytics.experiment.proportion import wilson
from analytics.kpi_course import Course, course_of
from analytics.metric import Sums, difference_interval, metric_interval
from analytics.over_users import OverUsers, has_too_many, sessions_query
from analytics.period import Period, describe_days
from analytics.planned import plan_queries
from semantic.catalog import DAY, N_SESSIONS, VARIANT, Catalog, Metric
from semantic.intersection import intersection
from semantic.query import Query
from semantic.units import AnyQuery


@dataclass(frozen=True, slots=True)
class KpiVariant:
    """One metric of one variant.

    Attributes
    ----------
    variant : str
        Its name.
    estimate : Estimate
        The metric; for the metric ``sessions`` a count without interval, 0 where there are none.
    share : Estimate or None
        For ``sessions`` only: share of all sessions, Wilson interval.
    difference : Estimate or None
        Variant minus control, corrected for the number of variants (Bonferroni); None for control itself and for
        counts.
    change : Estimate or None
        This selection minus what ``KpiResult.versus`` names; None where there is nothing to compare with. It has no
        interval where both are the same sessions, or where the sessions that both hold cannot be told. Numbers of
        sessions are compared over equally many days only.
    daily : tuple of (float or None)
        The metric on each day of ``KpiResult.days``.
    """

    variant: str
    estimate: Estimate
    share: Estimate | None
    difference: Estimate | None
    change: Estimate | None
    daily: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class KpiMetric:
    """One metric of all variants.

    Attributes
    ----------
    name, label, unit, description : str
        As in the catalog; ``sessions`` has unit ``count``.
    total : Estimate
        Over all variants.
    variants : tuple of KpiVariant
        Control first.
    """

    name: str
    label: str
    unit: str
    description: str
    total: Estimate
    variants: tuple[KpiVariant, ...]


@dataclass(frozen=True, slots=True)
class KpiResult:
    """All metrics.

    Attributes
    ----------
    control : str
        Name of control.
    days : tuple of str
        ISO days within the filter; empty where the data has no time.
    versus : str
        What ``change`` compares with, in words: the other selection that was asked for, such as "Device Mobile", else
        the previous period, such as "1 Apr – 30 Jun 2026"; empty where there is none.
    is_previous_period : bool
        Whether that is the stretch of the same length before.
    metrics : tuple of KpiMetric
        Conversion rate, sessions, then the means in the catalog's order.
    """

    control: str
    days: tuple[str, ...]
    versus: str
    is_previous_period: bool
    metrics: tuple[KpiMetric, ...]


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    measures = dict.fromkeys(name for metric in catalog.metrics for name in metric.measures)
    by = (DAY, VARIANT) if catalog.has_dimension(DAY) else (VARIANT,)
    names = tuple(dict.fromkeys((N_SESSIONS, *measures)))
    users = {"units": sessions_query(request, catalog), **plan_queries(request, catalog)}
    queries: dict[str, AnyQuery] = {"cells": Query(names, by, request.where.without(DAY)), **users}
    if request.versus is None:
        return queries
    queries["other"] = Query(names, (VARIANT,), request.versus)
    shared = intersection(request.where, request.versus)
    return queries if shared is None else queries | {"both": Query(names, (VARIANT,), shared)}


def compute_kpi(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> KpiResult:
    """Return every metric per variant, against control and against another selection or the previous period.

    Parameters
    ----------
    answers : mapping of str to Answer or UnitAnswer
        ``cells``: all measures by day (where the data has days) and variant, over all days. Where another selection is
        asked for, ``other``: its measures by variant, and ``both``: those of the sessions in both, where a filter can
        say which these are. ``units``: sums over users by variant, unless there are too many sessions; and those of
        `plan_queries`.
    request : Request
        Its confidence, its filter for the days that count, and the other selection.
    catalog : Catalog
        Metrics and control.

    Notes
    -----
    Where users are summed, values and differences are those of `over_users`: the same findings as everywhere. Else
    proportions have Wilson's interval and Newcombe's for differences, means Student's and Welch's, over sessions; see
    `wilson`, `newcombe`, `student` and `welch`. The previous period has the length of the days kept and ends where they
    begin. Selections that share sessions are compared by `overlapping_proportions` and `overlapping_means`.
    """
    cells = answers["cells"]
    period = Period.of(request.where.clause(DAY), cells.members.get(DAY, ("",)))
    course = course_of(answers, period, request, catalog)
    first, *means = catalog.metrics
    metrics = (_ratio(first, course), _sessions(course), *(_ratio(metric, course) for metric in means))
    days = period.days if DAY in cells.by else ()
    if request.versus is None:
        return KpiResult(course.control, days, describe_days(period.previous_days), course.has_other, metrics)
    labels = {dimension.name: dimension.label for dimension in catalog.dimensions}
    return KpiResult(course.control, days, request.versus.describe(labels), False, metrics)


def _ratio(metric: Metric, course: Course) -> KpiMetric:
    n = course.current[metric.denominator]
    found = course.of_users.get(metric.name) or _of_sessions(metric, course)
    values, differences = estimates(found.values, n), estimates(bounded(found.differences), n + n[:1])
    changes = _changes(metric, course)
    with np.errstate(divide="ignore", invalid="ignore"):
        daily = course.daily[metric.numerator] / course.daily[metric.denominator]
    rows = zip(course.names, values, differences, changes, daily.T, strict=True)
    has_control = course.control in course.names
    variants = tuple(
        KpiVariant(
            name,
            value,
            None,
            difference if has_control and name != course.control else None,
            change if course.has_other else None,
            tuple(rate if rate == rate else None for rate in days.tolist()),
        )
        for name, value, difference, change, days in rows
    )
    total = estimate(found.total, n.sum())
    return KpiMetric(metric.name, metric.label, metric.unit, metric.description, total, variants)


def _sessions(course: Course) -> KpiMetric:
    n, other = course.current[N_SESSIONS], course.other[N_SESSIONS]
    behind = _union(N_SESSIONS, course)
    shares = estimates(wilson(n, n.sum(), course.confidence), n.sum())
    variants = tuple(
        KpiVariant(
            name,
            _count(n[place]),
            shares[place],
            None,
            _count(n[place] - other[place], behind[place]) if course.has_other and course.is_as_long else None,
            tuple(course.daily[N_SESSIONS][:, place].tolist()),
        )
        for place, name in enumerate(course.names)
    )
    text = "Sessions in the selection."
    return KpiMetric("sessions", "Sessions", "count", text, _count(n.sum()), variants)


def _count(value: float, n: float | None = None) -> Estimate:
    return Estimate(float(value), None, None, round(value if n is None else n))


def _of_sessions(metric: Metric, course: Course) -> OverUsers:
    """Return a metric as sessions say that are taken as independent of each other."""
    control = {name: values[:1] for name, values in course.current.items()}
    everyone = {name: values.sum() for name, values in course.current.items()}
    return OverUsers(
        metric_interval(metric, course.current, course.confidence),
        metric_interval(metric, everyone, course.confidence),
        difference_interval(metric, course.current, control, course.difference_confidence),
    )


def _changes(metric: Metric, course: Course) -> tuple[Estimate, ...]:
    one, two, both = (_sample(metric, sums) for sums in (course.current, course.other, course.both))
    compare = overlapping_proportions if metric.is_proportion else overlapping_means
    return estimates(compare(one, two, both, course.confidence), _union(metric.denominator, course))


def _union(measure: str, course: Course) -> Floats:
    """Return how many sessions are in either selection, those in both counted once where they are known."""
    return np.asarray(course.current[measure] + course.other[measure] - np.nan_to_num(course.both[measure]))


def _sample(metric: Metric, sums: Sums) -> Sample:
    squares = metric.sum_of_squares or metric.numerator
    return Sample.of(sums[metric.denominator], sums[metric.numerator], sums[squares])


KPI = Analysis(
    "kpi",
    "Key figures",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_kpi,
    result=KpiResult,
    has_versus=True,
    is_too_much=has_too_many,
    can_do_without_users=True,
)
