import numpy as np
import pytest
from hypothesis import given

from analytics.attribution.paths import Paths, paths_of
from analytics.attribution.rules import (
    credit_of,
    first_touch,
    last_non_direct,
    last_touch,
    linear,
    position_based,
    time_decay,
)
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import drawn_paths

RULES = {
    "first": first_touch,
    "last": last_touch,
    "last non-direct": lambda paths: last_non_direct(paths, 0),
    "linear": linear,
    "position": position_based,
    "time decay": lambda paths: time_decay(paths, 7.0),
}
JOURNEY = paths_of([[1, 0, 2, 0]], [1], ages=[[21, 14, 7, 0]])
BY_HAND = {
    "first": [1, 0, 0, 0],
    "last": [0, 0, 0, 1],
    "last non-direct": [0, 0, 1, 0],
    "linear": [0.25] * 4,
    "position": [0.4, 0.1, 0.1, 0.4],
    "time decay": [1 / 15, 2 / 15, 4 / 15, 8 / 15],
}


@pytest.mark.parametrize("name", RULES)
def test_a_journey_of_four_touches_is_shared_as_worked_out_by_hand(name: str) -> None:
    assert RULES[name](JOURNEY).tolist() == pytest.approx(BY_HAND[name])


@pytest.mark.parametrize("name", RULES)
@given(paths=drawn_paths())
def test_credit_adds_up_to_all_conversions_and_all_value(name: str, paths: Paths) -> None:
    shares = RULES[name](paths)
    credit = credit_of(paths, shares)
    assert (shares >= 0).all()
    assert credit.conversions.sum() + credit.unassigned == pytest.approx(paths.conversions.sum())
    assert credit.value.sum() + credit.unassigned_value == pytest.approx(paths.value.sum())


@pytest.mark.parametrize("name", RULES)
@given(paths=drawn_paths())
def test_every_journey_with_a_touch_gives_away_exactly_itself(name: str, paths: Paths) -> None:
    given_away = np.bincount(paths.owner, RULES[name](paths), minlength=len(paths.counts))
    assert given_away == pytest.approx(paths.has_touch.astype(float))


@pytest.mark.parametrize("name", [name for name in RULES if name != "time decay"])
@given(paths=drawn_paths())
def test_adding_up_equal_paths_first_changes_nothing(name: str, paths: Paths) -> None:
    one, other = (credit_of(p, RULES[name](p)) for p in (paths, paths.aggregated()))
    assert one.conversions == pytest.approx(other.conversions)
    assert one.value == pytest.approx(other.value)


def test_where_all_touches_are_direct_the_last_gets_it() -> None:
    assert last_non_direct(paths_of([[1, 1], [0, 1]], [1, 1]), 1).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(("ends", "shares"), [((0.4, 0.4), [0.5, 0.5]), ((0.2, 0.6), [0.25, 0.75])])
def test_two_touches_share_in_the_ratio_of_the_ends(ends: tuple[float, float], shares: list[float]) -> None:
    assert position_based(paths_of([[0, 1]], [1]), *ends).tolist() == pytest.approx(shares)


def test_touches_long_ago_do_not_vanish_where_all_are_long_ago() -> None:
    paths = paths_of([[0, 1]], [1], ages=[[1e6 + 7, 1e6]])
    assert time_decay(paths, 7.0).tolist() == pytest.approx([1 / 3, 2 / 3])


def test_journeys_that_the_window_leaves_empty_are_told_apart() -> None:
    credit = credit_of(*(lambda p: (p, last_touch(p)))(paths_of([[0], [1]], [1, 2], [5, 9], ages=[[9], [1]]).within(3)))
    assert (credit.conversions.tolist(), credit.unassigned, credit.unassigned_value) == ([0, 2], 1, 5)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (lambda: position_based(JOURNEY, 0.7, 0.7), "at most 1"),
        (lambda: time_decay(JOURNEY, 0), "must be above 0"),
        (lambda: time_decay(paths_of([[0]], [1]), 7), "carry no times"),
    ],
)
def test_settings_that_make_no_sense_are_refused(rule, said: str) -> None:
    with pytest.raises(ProductError, match=said):
        rule()
