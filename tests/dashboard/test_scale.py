"""Ticks are round and span what they are made for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.scale import percent_decimals, round_ticks


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_ticks_span_the_values(values: list[float]) -> None:
    ticks = round_ticks(values)
    assert ticks[0] <= min(values) + 1e-9
    assert ticks[-1] >= max(values) - 1e-9


@given(st.floats(0, 1), st.floats(0.001, 1))
def test_ticks_are_evenly_spaced_and_few(low: float, span: float) -> None:
    ticks = round_ticks([low, low + span])
    steps = {round(b - a, 9) for a, b in pairwise(ticks)}
    assert len(steps) == 1
    assert 2 <= len(ticks) <= 9


def test_nothing_at_all_still_gives_an_axis() -> None:
    assert round_ticks([]) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


def test_ticks_between_whole_percents_get_a_decimal() -> None:
    assert [percent_decimals(ticks) for ticks in ([0.28, 0.3], [0.305, 0.31])] == [0, 1]
