"""Axes of unit queries: their members, and what the data must have for them."""

from semantic.catalog import DAY, Catalog
from semantic.errors import ProductError
from semantic.query import Domains
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitQuery


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


def check_units(query: UnitQuery, catalog: Catalog) -> None:
    """Raise UnknownNameError where a unit query names what is not there, ProductError where it needs days in vain."""
    for name in query.dimensions:
        catalog.dimension(name)
    for column in query.columns:
        catalog.measure(column.measure)
    by_day = [axis for axis in (FIRST_DAY, EXPOSURE_DAY) if axis in query.by]
    if by_day and not catalog.has_dimension(DAY):
        raise ProductError(f"{by_day[0]} needs the time of each session; name its column as started_at in config.yaml")
