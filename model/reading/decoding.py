"""Decoding: what the database answers as the numbers of features."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from config import Config
from model.examples import NO_DAY, OTHER, Feature, Floats, Whole
from semantic.catalog import MISSING

Decoder = Callable[[Sequence[Any]], Floats]


def column_of(feature: Feature, config: Config, table: sa.Table) -> sa.ColumnElement[Any]:
    """Return the stored column of a feature; that of an amount bears its name."""
    catalog = config.catalog
    name = catalog.dimension(feature.name).column if catalog.has_dimension(feature.name) else feature.name
    return table.c[name]


def decoder_for(feature: Feature) -> Decoder:
    """Return what makes numbers of the stored values of a feature."""
    if feature.kind == "number":
        return lambda values: np.array(values, dtype=np.float64)
    code_of = _CodeOf({member: float(code) for code, member in enumerate(feature.members)})
    code_of |= {None: np.nan, MISSING: np.nan}
    return lambda values: np.fromiter(map(code_of.__getitem__, values), np.float64, len(values))


class _CodeOf(dict[str | None, float]):
    """Codes of members; a member that is not there has that of `OTHER`, or none."""

    def __missing__(self, member: str | None) -> float:
        return self.get(OTHER, np.nan)


def days_of(values: Sequence[Any]) -> Whole:
    """Return days since 1970 of ISO days or dates, `NO_DAY` where there is none."""
    day_of = {value: NO_DAY if value is None else _day(value) for value in set(values)}
    return np.fromiter(map(day_of.__getitem__, values), np.int64, len(values))


def _day(value: Any) -> int:
    return int(np.datetime64(str(value), "D").astype(np.int64))
