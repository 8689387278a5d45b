import numpy as np
import pytest

from model.contributions import contributions_of
from model.dependence import MISSING, dependence_of
from model.trained import Sigmoid
from model.trees import TreeSettings, grow
from tests.model.planted import planted

EXAMPLES = planted(6000).arrival
BOOSTER = grow(EXAMPLES, TreeSettings(trees=40), 1)
FOUND = {each.name: each for each in dependence_of(BOOSTER, EXAMPLES)}


def test_each_member_has_the_mean_of_its_contributions() -> None:
    place = EXAMPLES.names.index("device")
    contribution = contributions_of(BOOSTER, EXAMPLES.x)[:, place]
    expected = [contribution[EXAMPLES.x[:, place] == code].mean() for code in range(3)]
    found = FOUND["device"]
    assert [point[0] for point in found.points] == [0, 1, 2]
    assert [point[1] for point in found.points] == pytest.approx(expected)
    assert found.members == ("Mobile", "Desktop", "Tablet")


def test_contributions_are_those_behind_the_sigmoid() -> None:
    for plain, found in zip(FOUND.values(), dependence_of(BOOSTER, EXAMPLES, Sigmoid(0.5, 1.0)), strict=True):
        assert [point[1] for point in found.points] == pytest.approx([0.5 * point[1] for point in plain.points])


def test_all_sessions_are_somewhere_and_ranges_hold_the_most_of_them() -> None:
    for found in FOUND.values():
        assert sum(point[4] for point in found.points) == 6000
        assert all(low <= high for _, _, low, high, _ in found.points)


def test_numbers_stand_in_at_most_twenty_bins_that_ascend() -> None:
    values = [point[0] for point in FOUND["age"].points]
    assert values == sorted(values)
    assert 10 < len(values) <= 20


def test_missing_categories_are_a_point_and_missing_numbers_none() -> None:
    examples = EXAMPLES.rows(np.arange(500))
    examples.x[:100, :3] = np.nan
    found = {each.name: each for each in dependence_of(BOOSTER, examples)}
    assert found["device"].members[-1] == MISSING
    assert found["device"].points[-1][0] == 3
    assert sum(point[4] for point in found["age"].points) == 400


def test_of_many_rows_some_users_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.dependence.MOST_ROWS", 1000)
    found = dependence_of(BOOSTER, EXAMPLES)
    assert 950 < sum(point[4] for point in found[0].points) <= 1000
