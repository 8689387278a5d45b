"""Which queries checks ask, by what the data knows."""

from datetime import date

from analytics.checks.asked import (
    BEFORE,
    before_columns,
    has_users,
    is_late,
    known_before,
    looked_at,
    newcomers_query,
    queries_of,
)
from semantic.filter import EVERYTHING, Filter
from semantic.units import EXPOSURE_DAY, UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import catalog_with

RICH = catalog_with("device", "category", "time_spent_s", "revenue", started_on=date(2026, 7, 1))


def test_consequences_days_and_the_variant_are_not_known_before() -> None:
    assert [d.name for d in known_before(RICH)] == ["device"]
    assert [d.name for d in looked_at(RICH) if is_late(d)] == ["category", "time_spent_s"]


def test_clauses_on_consequences_are_left_out_of_every_other_check() -> None:
    where = Filter.from_query("device=Mobile&category=Books&time_spent_s=10..90&day=2026-07-03")
    for name, query in queries_of(where, RICH).items():
        assert set(query.where.dimensions) <= {"device", "day"}
        assert name != "first_days" or query.where.dimensions == ("device",)
        assert name != "all_days" or query.where == EVERYTHING


def test_members_are_counted_by_the_first_day_of_a_user() -> None:
    query = queries_of(EVERYTHING, RICH)[newcomers_query("device")]
    assert isinstance(query, UnitQuery)
    assert query.by == ("variant", "device", EXPOSURE_DAY)


def test_what_users_did_before_is_all_that_adds_up() -> None:
    names = [column.name for column in before_columns(RICH)]
    expected = ["n_sessions", "n_converted", "sum_time_spent_s", "sum_revenue"]
    assert names == [f"before_{name}" for name in expected]
    assert all(column.is_before for column in before_columns(RICH))


def test_nothing_is_asked_that_the_data_cannot_tell() -> None:
    assert list(queries_of(EVERYTHING, catalog_of())) == ["units"]
    assert list(queries_of(EVERYTHING, catalog_of("device"))) == ["units", "by_device"]
    assert BEFORE not in queries_of(EVERYTHING, catalog_with("device"))
    assert not has_users(catalog_of("device"))
