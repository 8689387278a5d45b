"""Scores are written with as many decimals as they bear, and never without their interval."""

from typing import Any

import pytest

from analytics.estimate import Estimate
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.model.words import Kind, cell_of, drawn, ends, excludes_zero, number, p_value, told
from tests.dashboard.sheets.model.conftest import plain

WRITE = NumberFormat("₹", "indian")
NONE = Estimate(None, None, None, 0)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("score", 0.6486, "0.649"),
        ("loss", 0.59281, "0.5928"),
        ("fraction", 0.324, "32.4 %"),
        ("times", 1.594, "1.59 ×"),
        ("points", 0.018, "+1.8 pt"),
        ("gap", 0.00781, "0.78 pt"),
        ("score difference", 0.008, "+0.008"),
        ("score difference", -0.008, "−0.008"),
    ],
)
def test_each_kind_is_written_in_its_way(kind: Kind, value: float, expected: str) -> None:
    assert plain(number(value, kind, WRITE)) == expected


def test_a_number_stands_with_its_interval() -> None:
    assert told(Estimate(0.6486, 0.641, 0.656, 900), "score", WRITE) == "0.649 (0.641 to 0.656)"
    assert cell_of(Estimate(0.5, 0.4, 0.6, 1_00_000), "score", WRITE) == {
        "text": "0.500", "under": "0.400 to 0.600", "tip": "n 1,00,000 sessions"
    }  # fmt: skip


def test_a_number_has_the_decimals_of_its_interval() -> None:
    narrow = Estimate(0.0015, -0.0004, 0.0038, 900)
    assert plain(told(narrow, "points", WRITE)) == "+0.15 pt (−0.04 to +0.38)"
    cell: Any = cell_of(narrow, "points", WRITE)
    assert plain(cell["text"]) == "+0.15 pt"


def test_nothing_is_written_as_a_dash() -> None:
    assert [told(None, "score", WRITE), told(NONE, "score", WRITE), cell_of(None, "score", WRITE)] == [ABSENT] * 3
    assert (ends(NONE, "score", WRITE), drawn(NONE, (0, 1)), drawn(None, (0, 1))) == ("", "", "")


def test_an_interval_is_drawn_as_parts_of_its_scale() -> None:
    found: Any = drawn(Estimate(0.6, 0.5, 0.8, 9), (0.5, 1.0))
    assert found["interval"] == pytest.approx([0.0, 0.2, 0.6])
    assert "zero" not in found


def test_zero_is_drawn_where_it_lies_among_the_values() -> None:
    found: Any = drawn(Estimate(0.5, -0.5, 1.0, 9), (-1.0, 1.0))
    assert found["zero"] == 0.5


def test_zero_is_excluded_where_the_interval_lies_on_one_side() -> None:
    assert [excludes_zero(Estimate(v, v - 1, v + 1, 9)) for v in (-2, 0, 2)] == [True, False, True]
    assert not excludes_zero(NONE)


@pytest.mark.parametrize(
    ("value", "expected"), [(1e-40, "p < 0.001"), (0.0412, "p = 0.041"), (0.0496, "p = 0.0496"), (1.0, "p = 1.000")]
)
def test_tiny_p_values_are_not_written_as_zero(value: float, expected: str) -> None:
    assert p_value(value, WRITE) == expected
