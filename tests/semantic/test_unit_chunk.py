from dataclasses import dataclass

import numpy as np
import pytest

from semantic.catalog import Measure
from semantic.unit_chunk import UnitChunk
from semantic.units import EXPOSURE_DAY, FIRST_DAY

DEVICE = np.array([0, 1, 0, 0, 1, 1, 0, 0])
MONEY = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0])


@dataclass
class Rows:
    """User a has variant 0 on days 1, 2 and 4, and 1 on 3; b has 0 on days 0 and 2; c has 1 on day 2 and on none."""

    n_days: int = 5

    def starts(self, part: slice) -> np.ndarray:
        return np.array([1, 0, 0, 0, 1, 0, 1, 0], dtype=bool)[part]

    def alone(self, part: slice) -> np.ndarray:
        return MONEY[part] > 64

    def variants(self, part: slice) -> np.ndarray:
        return np.array([0, 0, 0, 1, 0, 0, 1, 1], dtype=np.uint8)[part]

    def days(self, part: slice) -> np.ndarray:
        return np.array([1, 2, 4, 3, 0, 2, 2, 5])[part]

    def places(self, dimension: str):
        return lambda part: DEVICE[part]

    def added(self, measure: Measure):
        return lambda part: MONEY[part]


def chunk(start: int | None = None, *tests) -> UnitChunk:
    return UnitChunk(Rows(), slice(0, 8), tests, start)  # type: ignore[arg-type]


MEASURE = Measure("money", "", "", (("money", 1),))


@pytest.mark.parametrize(
    ("by", "size", "cells", "sums"),
    [
        ("variant", 2, [0, 0, 1, 1], [7, 48, 8, 192]),
        ("device", 2, [0, 0, 0, 1, 1], [5, 8, 192, 2, 48]),
        (FIRST_DAY, 6, [0, 1, 2, 3], [48, 7, 192, 8]),
        (EXPOSURE_DAY, 6, [0, 0, 0, 0, 1, 2, 3, 5], [1, 8, 16, 64, 2, 32, 4, 128]),
    ],
)
def test_units_stand_in_each_cell_in_which_they_have_rows(by: str, size: int, cells: list, sums: list) -> None:
    given = chunk()
    groups = given.groups((by,), (size,))
    assert groups.cell.tolist() == cells
    assert given.sums(MEASURE, groups).tolist() == sums
    assert given.sums(Measure("n", ""), groups).sum() == 8


def test_first_days_are_the_first_that_count_whatever_is_kept() -> None:
    late = chunk(2, lambda part: MONEY[part] >= 4)
    groups = late.groups((FIRST_DAY,), (6,))
    assert groups.cell.tolist() == [2, 2, 2, 3]
    assert late.sums(MEASURE, groups).tolist() == [4, 32, 64, 8]


def test_what_came_before_belongs_to_the_user_in_either_variant() -> None:
    late = chunk(2)
    groups = late.groups(("variant",), (2,))
    assert groups.unit.tolist() == [0, 2, 1, 3]
    assert late.sums_before(MEASURE, groups).tolist() == [1, 16, 1, 0]
    assert chunk().sums_before(MEASURE, groups).tolist() == [0, 0, 0, 0]


def test_users_with_kept_rows_of_two_variants_have_crossed() -> None:
    assert chunk().n_crossed == 1
    assert chunk(None, lambda part: MONEY[part] != 8).n_crossed == 0


def test_kept_rows_without_a_user_are_counted() -> None:
    assert chunk().n_without_user == 1
    assert chunk(None, lambda part: MONEY[part] < 100).n_without_user == 0


def test_nothing_kept_is_no_group() -> None:
    nothing = chunk(None, lambda part: MONEY[part] < 0)
    assert len(nothing.groups(("variant",), (2,))) == 0
    assert nothing.n_crossed == 0


def test_units_that_agree_are_summed_once_for_all_groupings() -> None:
    given = chunk(None, lambda part: DEVICE[part] == 0)
    whole, split = given.groups(("variant", "device"), (2, 2)), given.groups((EXPOSURE_DAY,), (6,))
    assert (whole.is_whole, split.is_whole) == (True, False)
    assert given.groups(("device",), (2,)).group is whole.group
    assert given.sums(MEASURE, whole).tolist() == [5, 8, 192]
    assert not chunk().groups(("device",), (2,)).is_whole
