"""Axes of unit queries: their members, and what the data must have for them."""

import math

from semantic.catalog import DAY, Catalog
from semantic.errors import ProductError
from semantic.query import Domains
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitQuery

_MAX_NUMBERS = 4_000_000


def members_of_axis(axis: str, domains: Domains) -> tuple[str, ...]:
    """Return the labels along an axis, for each day of exposure its number.

    Parameters
    ----------
    axis : str
        A dimension, `FIRST_DAY` or `EXPOSURE_DAY`.
    domains : mapping of str to Domain
        Members of this version of the data.
    """
    if axis == FIRST_DAY:
        return domains[DAY].members
    if axis != EXPOSURE_DAY:
        return domains[axis].members
    days = domains[DAY]
    return (*map(str, range(days.n_present)), *days.members[days.n_present :])


def members_of(query: UnitQuery, domains: Domains) -> dict[str, tuple[str, ...]]:
    """Return the labels along each axis of a query; raises ProductError where the answer would be too large."""
    members = {axis: members_of_axis(axis, domains) for axis in query.by}
    n_cells = math.prod(map(len, members.values()))
    if n_cells * (len(query.columns) + 1) ** 2 > _MAX_NUMBERS:
        raise ProductError(
            f"{len(query.columns)} columns in {n_cells:,} groups of units are too many; ask for fewer columns or axes"
        )
    return members


def check_units(query: UnitQuery, catalog: Catalog) -> None:
    """Raise UnknownNameError where a unit query names what is not there, ProductError where it needs days in vain."""
    for name in query.dimensions:
        catalog.dimension(name)
    for column in query.columns:
        catalog.measure(column.measure)
    by_day = [axis for axis in (FIRST_DAY, EXPOSURE_DAY) if axis in query.by]
    if by_day and not catalog.has_dimension(DAY):
        raise ProductError(f"{by_day[0]} needs the time of each session; name its column as started_at in config.yaml")
