"""Asked: the queries that checks are answered from."""

from collections.abc import Mapping

from semantic.catalog import DAY, N_CONVERTED, N_SESSIONS, USER_ID, VARIANT, Catalog, Dimension, Measure
from semantic.filter import EVERYTHING, Filter
from semantic.query import Query
from semantic.units import EXPOSURE_DAY, FIRST_DAY, AnyQuery, UnitColumn, UnitQuery

UNITS = "units"
"""All units that are kept, by variant."""
FIRST_DAYS = "first_days"
"""The same by the day on which they came first, over all days."""
BEFORE = "before"
"""What they did before the experiment began."""
DAYS, ALL_DAYS = "days", "all_days"
"""Sessions by day: those that the filter keeps, and all."""

SESSIONS = UnitColumn("sessions", N_SESSIONS)
CONVERSIONS = UnitColumn("conversions", N_CONVERTED)


def queries_of(where: Filter, catalog: Catalog) -> Mapping[str, AnyQuery]:
    """Return the queries of all checks by name.

    Parameters
    ----------
    where : Filter
        What is kept; clauses on what an engine may have changed are left out, since a check of its own is about them.
    catalog : Catalog
        What there is to look at.
    """
    kept = where.without(*(d.name for d in catalog.dimensions if is_late(d)))
    columns = (SESSIONS, CONVERSIONS)
    found: dict[str, AnyQuery] = {UNITS: UnitQuery(columns, (VARIANT,), kept)}
    for dimension in looked_at(catalog):
        found[members_query(dimension.name)] = UnitQuery(columns, (VARIANT, dimension.name), kept)
    if catalog.has_dimension(DAY):
        found[FIRST_DAYS] = UnitQuery((SESSIONS,), (VARIANT, FIRST_DAY), kept.without(DAY))
        found |= {DAYS: Query((N_SESSIONS,), (DAY,), kept), ALL_DAYS: Query((N_SESSIONS,), (DAY,), EVERYTHING)}
        for dimension in known_before(catalog) if has_users(catalog) else ():
            by = (VARIANT, dimension.name, EXPOSURE_DAY)
            found[newcomers_query(dimension.name)] = UnitQuery((SESSIONS,), by, kept)
    if catalog.experiment.started_on and catalog.has_dimension(DAY) and has_users(catalog):
        found[BEFORE] = UnitQuery(before_columns(catalog), (VARIANT,), kept)
    return found


def members_query(dimension: str) -> str:
    """Return the name of the query by the members of a dimension."""
    return f"by_{dimension}"


def newcomers_query(dimension: str) -> str:
    """Return the name of the query by the members of a dimension and the days since a unit came first."""
    return f"new_by_{dimension}"


def before_columns(catalog: Catalog) -> tuple[UnitColumn, ...]:
    """Return what users did before: sessions, conversions, and the sum of each number."""
    return tuple(UnitColumn(f"before_{m.name}", m.name, is_before=True) for m in before_measures(catalog))


def before_measures(catalog: Catalog) -> tuple[Measure, ...]:
    """Return the measures of `before_columns`."""
    counted = [catalog.measure(N_SESSIONS), catalog.measure(N_CONVERTED)]
    return (
        *counted,
        *(m for m in catalog.measures if len(m.factors) == 1 and m.factors[0][1] == 1 and m not in counted),
    )


def looked_at(catalog: Catalog) -> tuple[Dimension, ...]:
    """Return the dimensions that may lack values: all but the variant and days."""
    return tuple(d for d in catalog.dimensions if d.name != VARIANT and d.kind != "time")


def known_before(catalog: Catalog) -> tuple[Dimension, ...]:
    """Return the dimensions that a variant cannot have changed; days are looked at by themselves."""
    return tuple(d for d in looked_at(catalog) if not is_late(d))


def is_late(dimension: Dimension) -> bool:
    """Return whether an engine may have changed a dimension."""
    return dimension.is_post_treatment or dimension.is_chosen_by_engine


def has_users(catalog: Catalog) -> bool:
    """Return whether sessions are known to be of users; else each session is a unit of its own."""
    return any(column.name == USER_ID for column in catalog.columns)
