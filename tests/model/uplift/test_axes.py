import numpy as np

from model.examples import Examples, Feature
from model.uplift.axes import axes_of, groups_of
from tests.model.uplift.trials import axes, trial


def examples(values: list[float], feature: Feature) -> Examples:
    n = len(values)
    return Examples((feature,), np.array(values, float).reshape(-1, 1), np.zeros(n), np.ones(n), np.arange(n))


def test_numbers_are_cut_where_they_are_told_to() -> None:
    age, device = axes(trial(2_000))
    assert age.members == ("under 30", "30–49", "50 and over")
    assert device.members == ("Mobile", "Desktop", "Tablet")


def test_numbers_that_nothing_is_told_of_are_cut_at_their_fifths() -> None:
    (found,) = axes_of(examples([*map(float, range(100))], Feature("pages", "Pages", "number")), {})
    assert np.bincount(found.code).tolist() == [20] * 5


def test_what_is_missing_has_no_member() -> None:
    (found,) = axes_of(examples([1, np.nan, 3, 4, 5, 6], Feature("pages", "Pages", "number")), {"pages": (4.0,)})
    assert found.code.tolist() == [0, -1, 0, 1, 1, 1]


def test_what_has_one_member_or_very_many_is_passed_over() -> None:
    assert axes_of(examples([7.0] * 9, Feature("pages", "Pages", "number")), {}) == ()
    cities = Feature("city", "City", "category", tuple(map(str, range(51))))
    assert axes_of(examples([0.0, 1.0], cities), {}) == ()


def test_groups_are_all_axes_then_all_pairs() -> None:
    found = trial(2_000)
    groups = list(groups_of(axes(found)))
    assert [tuple(axis.name for axis in group.axes) for group in groups] == [("age",), ("device",), ("age", "device")]
    pair = groups[-1]
    assert pair.n_parts == 9
    row = pair.code[5]
    assert pair.members(row) == tuple(axis.members[axis.code[5]] for axis in pair.axes)


def test_a_pair_is_missing_where_either_is() -> None:
    one = Feature("one", "One", "category", ("a", "b"))
    two = Feature("two", "Two", "category", ("c", "d"))
    x = np.array([[0, 0], [np.nan, 1], [1, np.nan], [1, 1]])
    given = Examples((one, two), x, np.zeros(4), np.ones(4), np.arange(4))
    assert list(groups_of(axes_of(given, {})))[-1].code.tolist() == [0, -1, -1, 3]
