"""Python and the browser write the same numbers and read the same URLs."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.day_format import Dates, DayFormat
from dashboard.format import NumberFormat
from semantic.filter import Clause, Filter, RangeClause
from tests.e2e.overview import Overview

STYLES = [
    ("₹", "indian", "comma_point", "before", "as_needed"),
    ("$", "international", "comma_point", "before", "none"),
    ("€", "international", "point_comma", "after", "as_needed"),
    ("kr", "indian", "space_comma", "after", "none"),
]
KEYS = ("currency", "grouping", "numbers", "currency_position", "currency_decimals")
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 6)) | st.integers(-(10**9), 10**9).map(float)
CASES = 200


def drawn(strategy: "st.SearchStrategy[Any]") -> list[Any]:
    """Return many values of a strategy: one trip to the browser then checks all of them."""
    found: list[Any] = []

    @settings(max_examples=CASES, database=None, derandomize=True)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@pytest.mark.parametrize("style", STYLES)
def test_numbers_are_written_alike(overview: Overview, style: tuple[str, Any]) -> None:
    write, units = NumberFormat(*style), ["fraction", "count", style[0], "s", ""]
    numbers = [*drawn(NUMBERS), 0.0, 0.125, 0.5, 1.5, 2.5, -0.5, -0.04, 999.5, 99.95, 9.995]
    ours = [[write.value(x, u), write.value(x, u, 12.0)] for x in numbers for u in units]
    script = """const {format} = product; format.setUp(arguments[2]);
        return JSON.stringify(arguments[0].flatMap(x => arguments[1].map(
            u => [format.value(x, u), format.value(x, u, 12)])))"""
    assert json.loads(overview.run(script, numbers, units, dict(zip(KEYS, style, strict=True)))) == ours


@pytest.mark.parametrize("style", STYLES)
def test_bounds_of_numbers_are_written_alike(overview: Overview, style: tuple[str, Any]) -> None:
    write, texts = NumberFormat(*style), [f"{x:.{places}f}" for x in drawn(NUMBERS) for places in (0, 2)]
    script = "product.format.setUp(arguments[1]); return arguments[0].map(product.format.exact)"
    assert overview.run(script, texts, dict(zip(KEYS, style, strict=True))) == [write.exact(text) for text in texts]


@pytest.mark.parametrize("dates", ["day_month_year", "month_day_year", "slashes", "iso"])
def test_days_are_written_alike(overview: Overview, dates: Dates) -> None:
    spans = [sorted(day.isoformat() for day in pair) for pair in drawn(st.tuples(st.dates(), st.dates()))]
    spans += [[day, day[:8] + "28"] for day, _ in spans if day[8:] < "28"]
    ours = [[DayFormat(dates).day(first), DayFormat(dates).days(first, last)] for first, last in spans]
    script = """const {format} = product; format.setUp({dates: arguments[1]});
        return arguments[0].map(([first, last]) => [format.day(first), format.days(first, last)])"""
    assert overview.run(script, spans, dates) == ours


def test_urls_are_read_and_written_alike(overview: Overview) -> None:
    texts = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), min_size=1, max_size=12)
    names = texts.filter(lambda text: "-" not in text)
    clauses = st.builds(Clause, names, st.lists(texts, min_size=1, max_size=4).map(tuple))
    filters = drawn(st.lists(clauses, max_size=3, unique_by=lambda c: c.dimension).map(lambda c: Filter(tuple(c))))
    queries = [where.to_query() for where in filters]
    script = "return JSON.stringify(arguments[0].map(q => product.filter.toQuery(product.filter.parse('?' + q))))"
    assert json.loads(overview.run(script, queries)) == queries


def test_ranges_of_numbers_are_read_and_written_alike(overview: Overview) -> None:
    ends = st.none() | st.floats(allow_nan=False) | st.integers(-(10**6), 10**6).map(float)
    ranges = drawn(st.builds(RangeClause, st.sampled_from(["age", "time_spent_s"]), ends, ends))
    queries = [Filter((clause,)).to_query() for clause in ranges]
    script = "return JSON.stringify(arguments[0].map(q => product.filter.toQuery(product.filter.parse('?' + q))))"
    assert json.loads(overview.run(script, queries)) == queries


def test_numbers_become_the_same_text_of_a_url(overview: Overview) -> None:
    numbers = [*drawn(NUMBERS | st.floats(allow_nan=False, allow_infinity=False)), 0.0, -0.0, 1e16, 1e-4, 1e-5, 1e22]
    ours = [RangeClause("age", x).to_text().removesuffix("..") for x in numbers]
    assert overview.run("return arguments[0].map(product.filter.numberText)", numbers) == ours


@pytest.mark.parametrize("style", STYLES)
def test_intervals_are_written_alike(overview: Overview, style: tuple[str, Any]) -> None:
    write, units = NumberFormat(*style), ["fraction", "count", style[0], "s", ""]
    pairs = [sorted(pair) for pair in drawn(st.tuples(NUMBERS, NUMBERS))]
    ours = [write.interval(low, high, unit) for low, high in pairs for unit in units]
    script = """const {format} = product; format.setUp(arguments[2]);
        return arguments[0].flatMap(([low, high]) => arguments[1].map(unit => format.interval(low, high, unit)))"""
    assert overview.run(script, pairs, units, dict(zip(KEYS, style, strict=True))) == ours


@pytest.mark.parametrize(
    "query", ["day=2026-07-01..2026-08-01", "age=20..", "age=..30", "age=18%E2%80%9325&device=A%2CB,C%2E%2ED"]
)
def test_ranges_and_awkward_names_survive(overview: Overview, query: str) -> None:
    assert overview.run("return product.filter.toQuery(product.filter.parse(arguments[0]))", query) == query
    assert Filter.from_query(query).to_query() == query


def test_an_axis_without_width_or_room_has_no_ticks_and_ends(overview: Overview) -> None:
    asked = "[[0, 0, 5], [0, 1, 0], [0, 1, -2], [0, 1, NaN], [NaN, 1, 5], [0, Infinity, 5]]"
    assert overview.run(f"return {asked}.map(asked => product.format.ticks(...asked))") == [[]] * 6
