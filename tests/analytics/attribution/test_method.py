import pytest
from hypothesis import given

from analytics.attribution.method import METHODS, Setting, credits_of, method_named
from analytics.attribution.paths import Paths, paths_of
from semantic.errors import UnknownNameError
from tests.analytics.attribution.drawn_paths import drawn_paths, random_paths

SETTING = Setting(direct=0)


@given(drawn_paths())
def test_every_method_gives_away_all_conversions_and_all_value(paths: Paths) -> None:
    for credit in credits_of(paths, METHODS, SETTING):
        assert credit.conversions.sum() + credit.unassigned == pytest.approx(paths.conversions.sum())
        assert credit.value.sum() + credit.unassigned_value == pytest.approx(paths.value.sum())


@given(drawn_paths())
def test_every_method_leaves_the_same_unassigned(paths: Paths) -> None:
    found = [(c.unassigned, c.unassigned_value) for c in credits_of(paths.within(10), METHODS, SETTING)]
    assert all(pair == pytest.approx(found[0]) for pair in found)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_where_each_journey_meets_one_channel_all_methods_agree(method) -> None:
    paths = paths_of([[0], [1], [1, 1]], [3, 1, 2], [30, 5, 4], [9, 9, 9], [[1], [2], [5, 3]])
    (credit,) = credits_of(paths, (method,), SETTING)
    assert credit.conversions == pytest.approx([3, 3])
    assert credit.value == pytest.approx([30, 9])


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_twice_the_journeys_bring_twice_the_credit(method) -> None:
    paths = random_paths(500, 4, 8)
    twice = paths.weighted(2 * paths.counts, 2 * paths.conversions, 2 * paths.value)
    one, two = (credits_of(p, (method,), SETTING)[0] for p in (paths, twice))
    assert two.conversions == pytest.approx(2 * one.conversions)


def test_without_a_direct_channel_last_non_direct_is_last() -> None:
    paths = random_paths(200, 3, 8)
    last, other = credits_of(paths, (method_named("last"), method_named("last_non_direct")), Setting())
    assert last.conversions.tolist() == other.conversions.tolist()


def test_names_are_unique_and_unknown_ones_get_the_nearest() -> None:
    assert len({method.name for method in METHODS}) == len(METHODS) == 12
    with pytest.raises(UnknownNameError, match="markov_1"):
        method_named("markov")
