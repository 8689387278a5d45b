import numpy as np
import pytest

from model.examples import Feature
from model.wording import p_in_words, steps_of, value_text

TIME = Feature("time_spent_s", "Time spent", "number", unit="s")


def test_a_number_has_its_unit() -> None:
    assert value_text(TIME, 12.5) == "12.5 s"


def test_a_very_small_p_is_not_told_to_the_last_digit() -> None:
    assert [p_in_words(p) for p in (0.0, 5.2e-08, 0.001, 0.43, 1.0)] == [
        "p < 0.001", "p < 0.001", "p = 0.001", "p = 0.430", "p = 1.000"
    ]  # fmt: skip


def test_a_category_is_told_by_its_member_and_what_is_missing_as_such() -> None:
    device = Feature("device", "Device", "category", ("Mobile", "Desktop"))
    assert [value_text(device, code) for code in (1.0, np.nan)] == ["Desktop", "(missing)"]


@pytest.mark.parametrize(("low", "high"), [(18, 60), (0, 1), (0.02, 0.31), (1, 7_342), (-5, 5), (1e6, 1e6 + 3)])
def test_steps_are_round_and_few_and_hold_both_ends(low: float, high: float) -> None:
    steps = steps_of(low, high)
    assert (steps[0], steps[-1]) == (low, high)
    assert 3 <= len(steps) <= 10
    assert steps == sorted(set(steps))


def test_a_number_that_never_varied_has_one_step() -> None:
    assert steps_of(3, 3) == [3.0]


def test_a_number_without_a_range_has_no_steps() -> None:
    assert steps_of(np.nan, np.nan) == []
