"""Unit answers written by hand, so that a test shows all that goes into a check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Params, Request
from analytics.checks.observed import Observed
from semantic.catalog import VARIANT, Catalog
from semantic.experiment import Experiment
from semantic.filter import Filter
from semantic.units import AnyAnswer, UnitAnswer
from tests.analytics.answers import catalog_of

ANY = Analysis("any", "Any", lambda catalog: True, lambda *_: {}, lambda *_: None, object, ("confidence", "method"))
ENGINES = {VARIANT: ("New", "Old")}
"""By name, so not in the order of results: control is Old."""


def catalog_with(*names: str, **plan: Any) -> Catalog:
    """Return a catalog of users with more fields, and an experiment that was planned like this."""
    return replace(catalog_of("user_id", "started_at", *names), experiment=Experiment(**plan))


def units_of(
    members: Mapping[str, Sequence[str]], n: Any, *columns: Any, products: Any = None, n_crossed: int = 0
) -> UnitAnswer:
    """Return an answer over these axes; products are those of columns without spread where none are given."""
    counts = np.asarray(n, dtype=np.float64)
    totals = np.stack([np.asarray(column, dtype=np.float64) for column in (columns or (counts,))], axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        even = np.nan_to_num(totals[..., :, None] * totals[..., None, :] / counts[..., None, None])
    axes = {name: tuple(labels) for name, labels in members.items()}
    given = even if products is None else np.asarray(products, dtype=np.float64)
    return UnitAnswer(tuple(axes), axes, counts, totals, given, 1, "index", n_crossed)


def observed_of(catalog: Catalog, method: str = "", where: str = "", **answers: AnyAnswer) -> Observed:
    """Return what a check is given."""
    return Observed(answers, Request(ANY, Filter.from_query(where), Params(method=method)), catalog)


def two_engines(new: float, old: float, method: str = "fixed", n_crossed: int = 0, **plan: Any) -> Observed:
    """Return so many users of both engines and nothing else."""
    return observed_of(catalog_with(**plan), method, units=units_of(ENGINES, [new, old], n_crossed=n_crossed))
