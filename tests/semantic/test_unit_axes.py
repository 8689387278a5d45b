import dataclasses

import pytest

from semantic.errors import ProductError, UnknownNameError
from semantic.unit_axes import check_units, members_of, members_of_axis
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitColumn, UnitQuery
from tests.semantic.conftest import build_cube
from tests.semantic.unit_oracle import unit_catalog, unit_sessions

CATALOG = unit_catalog()


def test_days_of_exposure_are_counted_from_none() -> None:
    domains = build_cube(CATALOG, unit_sessions(500, 1)).domains
    assert members_of_axis(FIRST_DAY, domains) == domains["day"].members
    assert members_of_axis(EXPOSURE_DAY, domains) == (*map(str, range(12)), "(missing)")
    assert members_of_axis("device", domains) == domains["device"].members


def test_answers_that_would_not_fit_are_refused() -> None:
    domains = build_cube(CATALOG, unit_sessions(500, 1)).domains
    column = UnitColumn("a", "n_sessions")
    assert list(members_of(UnitQuery((column,), ("variant", "device")), domains)) == ["variant", "device"]
    with pytest.raises(ProductError, match="fewer columns or axes"):
        members_of(UnitQuery((column,) * 99, ("day", "location", FIRST_DAY)), domains)


def test_units_by_day_need_days() -> None:
    without = dataclasses.replace(CATALOG, dimensions=tuple(d for d in CATALOG.dimensions if d.name != "day"))
    with pytest.raises(ProductError, match="first_day needs the time of each session"):
        check_units(UnitQuery((), (FIRST_DAY,)), without)


@pytest.mark.parametrize(
    "query", [UnitQuery((), ("devise",)), UnitQuery((UnitColumn("a", "n_session"),))], ids=["axis", "measure"]
)
def test_what_is_not_there_is_named(query: UnitQuery) -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        check_units(query, CATALOG)
