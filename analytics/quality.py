"""Quality: in how many of the sessions kept each dimension and amount is missing, split by variant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimate, estimates
from analytics.experiment.proportion import wilson
from analytics.variants import control_first
from semantic.catalog import MISSING, N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer, Query

_NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One dimension or amount.

    Attributes
    ----------
    name, label : str
        Of the dimension or amount.
    n_missing : int
        Sessions in which it is missing.
    total : Estimate
        Their share of all sessions kept, Wilson interval.
    variants : tuple of Estimate
        The same share in each of ``QualityResult.variants``.
    """

    name: str
    label: str
    n_missing: int
    total: Estimate
    variants: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class QualityResult:
    """What is missing.

    Attributes
    ----------
    variants : tuple of str
        Control first.
    n_sessions : int
        Sessions that the filter keeps.
    rows : tuple of QualityRow
        Dimensions in the order of the catalog, then amounts.
    """

    variants: tuple[str, ...]
    n_sessions: int
    rows: tuple[QualityRow, ...]


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    numbers = tuple(f"n_{name}" for name in _numbers(catalog))
    by_member = [d.name for d in catalog.dimensions if d.name not in (VARIANT, *_numbers(catalog))]
    queries = {name: Query((N_SESSIONS,), (name, VARIANT), request.where) for name in by_member}
    return {_NUMBERS: Query((N_SESSIONS, *numbers), (VARIANT,), request.where), **queries}


def compute_quality(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> QualityResult:
    """Return the share of sessions in which each dimension and amount is missing.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``numbers``: sessions, and those in which each number is known, by variant; and for each other dimension its
        sessions by member and variant.
    request : Request
        Its confidence.
    catalog : Catalog
        Labels and control.

    Notes
    -----
    Wilson's interval throughout; see `wilson`. It says how often a cell would be missing in sessions like these, and
    is not about the sessions at hand, whose count is exact.
    """
    variants = answers[_NUMBERS].members[VARIANT]
    order = control_first(variants, catalog)
    n = answers[_NUMBERS][N_SESSIONS][order]
    names = [*(d.name for d in catalog.dimensions if d.name != VARIANT), *_amounts(catalog)]
    rows = tuple(
        _row(name, _label(name, catalog), (_missing(name, answers)[order], n), request.params.confidence)
        for name in names
    )
    return QualityResult(tuple(variants[place] for place in order), round(float(n.sum())), rows)


def _row(
    name: str, label: str, counts: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]], confidence: float
) -> QualityRow:
    missing, n = counts
    total = estimate(wilson(missing.sum(), n.sum(), confidence), n.sum())
    return QualityRow(name, label, round(float(missing.sum())), total, estimates(wilson(missing, n, confidence), n))


def _missing(name: str, answers: Mapping[str, Answer]) -> npt.NDArray[np.float64]:
    """Return the sessions of each variant in which something is missing."""
    if name not in answers:
        return answers[_NUMBERS][N_SESSIONS] - answers[_NUMBERS][f"n_{name}"]
    is_missing = np.array([member == MISSING for member in answers[name].members[name]], dtype=bool)
    return np.asarray(answers[name][N_SESSIONS][is_missing].sum(axis=0))


def _numbers(catalog: Catalog) -> tuple[str, ...]:
    return tuple(m.factors[0][0] for m in catalog.measures if len(m.factors) == 1 and m.factors[0][1] == 0)


def _amounts(catalog: Catalog) -> tuple[str, ...]:
    return tuple(name for name in _numbers(catalog) if not catalog.has_dimension(name))


def _label(name: str, catalog: Catalog) -> str:
    if catalog.has_dimension(name):
        return catalog.dimension(name).label
    return catalog.measure(f"sum_{name}").label.removeprefix("Total ").capitalize()


QUALITY = Analysis(
    "quality",
    "Missing values",
    is_available=lambda catalog: len(catalog.dimensions) > 1 or bool(_numbers(catalog)),
    queries=_queries,
    compute=compute_quality,
    result=QualityResult,
    needs="a dimension beside the variant, or an amount",
)
