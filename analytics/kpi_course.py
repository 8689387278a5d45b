"""Course: the sums that key figures are made of, over a selection, by day, and over what it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analytics.analysis import Request
from analytics.experiment.interval import Floats, bonferroni
from analytics.metric import Sums
from analytics.over_users import OverUsers, over_users
from analytics.period import Period
from analytics.variants import control_first, control_of
from semantic.catalog import DAY, N_SESSIONS, VARIANT, Catalog
from semantic.filter import Filter, RangeClause
from semantic.query import Answer


@dataclass(frozen=True, slots=True)
class Course:
    """The sums that every key figure is made of.

    Attributes
    ----------
    names : tuple of str
        Variants, control first.
    control : str
        Name of control.
    current, other, both : mapping of str to ndarray of float, shape (variants,)
        Sums over the selection, over what it is compared with, and over the sessions in both, a measure each; NaN
        where the latter cannot be told.
    daily : mapping of str to ndarray of float, shape (days, variants)
        Sums of each day of the period.
    has_other : bool
        Whether there is something to compare with.
    is_as_long : bool
        Whether that spans as many days, so that numbers of sessions can be compared.
    confidence : float
        Level of every interval.
    of_users : mapping of str to OverUsers
        Metrics as users say; none where they were not summed.
    """

    names: tuple[str, ...]
    control: str
    current: Sums
    other: Sums
    both: Sums
    daily: Sums
    has_other: bool
    is_as_long: bool
    confidence: float
    of_users: Mapping[str, OverUsers]

    @property
    def difference_confidence(self) -> float:
        """Level of each difference to control, so that those of all variants hold together."""
        return bonferroni(self.confidence, int((self.current[N_SESSIONS] > 0).sum()) - 1)


def course_of(answers: Mapping[str, Any], period: Period, request: Request, catalog: Catalog) -> Course:
    """Return the sums of a selection.

    Parameters
    ----------
    answers : mapping of str to Answer or UnitAnswer
        As of `compute_kpi`.
    period : Period
        The days that count, and those before.
    request : Request
        Its confidence, its filter, and the other selection.
    catalog : Catalog
        Names control.
    """
    cells = answers["cells"]
    variants = cells.members[VARIANT]
    order = control_first(variants, catalog)
    sums = {name: np.atleast_2d(values)[:, order] for name, values in cells.sums.items()}
    before = {name: values[period.previous].sum(axis=0) for name, values in sums.items()}
    unknown = np.zeros(len(order)) if request.versus is None else np.full(len(order), np.nan)
    other, both = _of_variants(answers.get("other"), order) or before, _of_variants(answers.get("both"), order)
    is_day = [day in set(period.days) for day in cells.members.get(DAY, ())]
    current = {name: values[period.kept].sum(axis=0) for name, values in sums.items()}
    return Course(
        names=tuple(variants[place] for place in order),
        control=control_of(variants, catalog),
        current=current,
        other=other,
        both=both or dict.fromkeys(sums, unknown),
        daily={name: values[is_day] if is_day else values[:0] for name, values in sums.items()},
        has_other=request.versus is not None or bool(period.previous.any()),
        is_as_long=request.versus is None or _days_of(request.where) == _days_of(request.versus),
        confidence=request.params.confidence,
        of_users=over_users(answers, request, catalog, current[N_SESSIONS]),
    )


def _days_of(where: Filter) -> int | None:
    """Return how many days a filter spans; None where it spans all, or its days are no closed range."""
    clause = where.clause(DAY)
    ends = (clause.low, clause.high) if isinstance(clause, RangeClause) else (None, None)
    return (ends[1] - ends[0]).days if isinstance(ends[0], date) and isinstance(ends[1], date) else None


def _of_variants(answer: Answer | None, order: list[int]) -> dict[str, Floats]:
    return {name: values[order] for name, values in answer.sums.items()} if answer else {}
