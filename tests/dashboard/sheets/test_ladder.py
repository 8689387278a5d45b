"""Scales hold what stands on them, and have round ticks."""

import pytest

from dashboard.format import NumberFormat
from dashboard.sheets.ladder import Scale, ladder, nice, row, scale_of

WRITE = NumberFormat("₹", "international")


@pytest.mark.parametrize("is_log_odds", [False, True])
def test_a_scale_holds_its_values_in_their_order(is_log_odds: bool) -> None:
    values = [0.02, 0.3, 0.31, 0.9]
    scale = scale_of(values, is_log_odds=is_log_odds)
    places = [scale.at(value) for value in values]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < 1


def test_equal_effects_in_log_odds_are_equally_long() -> None:
    scale = Scale(0.1, 0.9, is_log_odds=True)
    assert scale.at(0.5) == 0.5
    assert scale.at(0.2) == pytest.approx(1 - scale.at(0.8))


@pytest.mark.parametrize("ends", [(0.0, 1.0), (0.312, 0.319), (0.1, 0.11), (0.00002, 0.00009)])
def test_ticks_are_few_and_within(ends: tuple[float, float]) -> None:
    found = nice(*ends)
    assert 1 <= len(found) <= 5
    assert all(ends[0] - 1e-9 <= tick <= ends[1] + 1e-9 for tick in found)


def test_ticks_have_decimals_only_where_they_need_them() -> None:
    assert all("." not in tick["text"] for tick in Scale(0.1, 0.35).ticks(WRITE))
    assert all("." in tick["text"] for tick in Scale(0.311, 0.319).ticks(WRITE))


def test_one_value_alone_has_room() -> None:
    scale = scale_of([0.3])
    assert scale.low < 0.3 < scale.high


def test_a_ladder_is_plain_data() -> None:
    made = ladder("Chance", [], [row("All", "12 %", dot=0.5)], 0.5)
    assert made == {
        "kind": "ladder", "label": "Chance", "ticks": [], "rows": [{"label": "All", "text": "12 %", "dot": 0.5}],
        "line": 0.5,
    }  # fmt: skip
