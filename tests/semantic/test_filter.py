from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semantic.filter import EVERYTHING, Clause, Filter, FilterError, RangeClause

names = st.sampled_from(["device", "location", "age", "day", "time_spent_s"])
values = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates()
clauses = st.one_of(
    st.builds(Clause, names, st.lists(values, min_size=1, max_size=4).map(tuple)),
    st.builds(RangeClause, names, numbers, numbers),
    st.builds(RangeClause, names, days, days),
)
filters = st.lists(clauses, max_size=5, unique_by=lambda c: c.dimension).map(lambda found: Filter(tuple(found)))


@given(filters)
def test_a_filter_survives_the_url(where: Filter) -> None:
    assert Filter.from_query("?" + where.to_query()) == where


@given(st.lists(clauses, max_size=5, unique_by=lambda c: c.dimension), st.randoms())
def test_equal_filters_have_equal_urls_whatever_the_order(found: list[Clause], random) -> None:
    shuffled = random.sample(found, len(found))
    assert Filter(tuple(found)).to_query() == Filter(tuple(shuffled)).to_query()
    assert hash(Filter(tuple(found))) == hash(Filter(tuple(shuffled)))


@given(filters)
def test_a_filter_uses_only_characters_that_a_url_may_hold(where: Filter) -> None:
    assert where.to_query().isascii()
    assert not set(where.to_query()) & set(" \"<>#'\n")


def test_without_drops_only_the_named_dimensions() -> None:
    where = Filter.from_query("age=18-25&device=Mobile&location=Delhi")
    assert where.without("age", "device") == Filter.from_query("location=Delhi")


def test_replacing_by_no_values_drops_the_clause() -> None:
    where = Filter.from_query("device=Mobile")
    assert where.replace(Clause("device", ())) == EVERYTHING


def test_replace_exchanges_the_clause_of_its_dimension() -> None:
    where = Filter.from_query("device=Mobile&day=2026-07-01..").replace(Clause("device", ("Tablet",)))
    assert where.to_query() == "day=2026-07-01..&device=Tablet"


def test_two_clauses_on_one_dimension_are_refused() -> None:
    with pytest.raises(FilterError, match="two clauses on one dimension"):
        Filter((Clause("device", ("a",)), RangeClause("device", 1.0, 2.0)))


@pytest.mark.parametrize("text", ["day=2026-13-01..", "age=old..young", "age=nan..3"])
def test_a_bound_that_is_no_number_or_day_is_named(text: str) -> None:
    with pytest.raises(FilterError, match="write a number or a day"):
        Filter.from_query(text)


@pytest.mark.parametrize("text", ["", "?", "&&", "device=", "device=,,"])
def test_empty_parts_of_a_url_filter_nothing(text: str) -> None:
    assert not [c for c in Filter.from_query(text).clauses if c.values]


def test_a_filter_reads_as_a_sentence() -> None:
    where = Filter((Clause("device", ("Mobile", "Tablet")), RangeClause("day", date(2026, 7, 1), date(2026, 10, 1))))
    words = where.describe({"device": "Device", "day": "Date"})
    assert words == "Date from 2026-07-01 to before 2026-10-01, Device Mobile or Tablet"


def test_no_filter_reads_as_all_sessions() -> None:
    assert EVERYTHING.describe({}) == "all sessions"
