from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from model.examples import NO_DAY, Examples
from model.split import Split, fold_of, hold_out, n_users, random_hold_out
from semantic.domain import EPOCH
from tests.model.planted import planted

EXAMPLES = planted(6_000).examples
assert EXAMPLES.day is not None
DAY = EXAMPLES.day


def shuffled(examples: Examples) -> tuple[Examples, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    order = np.random.default_rng(3).permutation(len(examples))
    return examples.rows(order), order


def users_of(split: Split) -> tuple[set[int], set[int]]:
    return {*EXAMPLES.user[split.train].tolist()}, {*EXAMPLES.user[split.test].tolist()}


def test_all_that_is_held_out_is_later_than_what_was_learned_from() -> None:
    found = hold_out(EXAMPLES, 1)
    assert found.facts.kind == "later"
    assert DAY[found.train].max() < DAY[found.test].min()
    assert (EPOCH + timedelta(days=int(DAY[found.test].min()))).isoformat() == found.facts.first_day
    assert len(found.test) == pytest.approx(1_200, abs=100)


@pytest.mark.parametrize("split", [hold_out(EXAMPLES, 1), random_hold_out(EXAMPLES, 1)], ids=["later", "random"])
def test_no_user_is_on_both_sides(split: Split) -> None:
    train, test = users_of(split)
    assert train.isdisjoint(test)
    facts = split.facts
    assert (facts.n_train, facts.n_test, facts.n_users) == (len(split.train), len(split.test), len(test))


def test_earlier_sessions_of_users_who_come_back_are_left_out_and_counted() -> None:
    found = hold_out(EXAMPLES, 1)
    _, late = users_of(found)
    early = np.flatnonzero(np.isin(EXAMPLES.user, [*late]) & ~np.isin(np.arange(len(DAY)), found.test))
    assert found.facts.n_left_out == len(early) > 0
    assert len(found.train) + len(found.test) + len(early) == len(EXAMPLES)


def test_without_time_a_fifth_of_the_users_is_held_out() -> None:
    found = hold_out(replace(EXAMPLES, day=None), 1)
    assert (found.facts.kind, found.facts.first_day, found.facts.why) == ("random", "", "")
    assert found.facts.n_test == pytest.approx(1_200, abs=10)
    assert found.facts.n_left_out == 0


def test_sessions_of_one_day_are_held_out_at_random_and_it_is_said() -> None:
    found = hold_out(replace(EXAMPLES, day=np.full(len(EXAMPLES), 20_000)), 1)
    assert (found.facts.kind, found.facts.why[:30]) == ("random", "all sessions are of one day, s")


def test_users_who_all_come_back_are_held_out_at_random_and_it_is_said() -> None:
    found = hold_out(replace(EXAMPLES, user=np.arange(len(EXAMPLES)) % 40), 1)
    assert found.facts.kind == "random"
    assert "users who come back" in found.facts.why


def test_sessions_whose_day_is_not_known_are_never_held_out_as_later() -> None:
    day = np.where(np.arange(len(EXAMPLES)) % 10, DAY, NO_DAY)
    found = hold_out(replace(EXAMPLES, day=day, user=np.arange(len(EXAMPLES))), 1)
    assert (day[found.test] != NO_DAY).all()
    assert (day[found.train] == NO_DAY).sum() == 600


def test_a_split_depends_on_seed_and_users_but_not_on_the_order_of_rows() -> None:
    rows, order = shuffled(EXAMPLES)
    first, second = random_hold_out(EXAMPLES, 1), random_hold_out(rows, 1)
    assert {*first.test.tolist()} == {*order[second.test].tolist()}
    assert {*first.test.tolist()} != {*random_hold_out(EXAMPLES, 2).test.tolist()}


def test_folds_are_whole_users_and_alike() -> None:
    fold = fold_of(EXAMPLES, 5, 1)
    assert all(len(np.unique(fold[EXAMPLES.user == user])) == 1 for user in np.unique(EXAMPLES.user)[:200])
    assert np.ptp(np.bincount(fold, minlength=5)) <= 30
    assert np.ptp(np.bincount(fold, weights=EXAMPLES.y)) <= 10


def test_folds_depend_on_seed_and_users_but_not_on_the_order_of_rows() -> None:
    rows, order = shuffled(EXAMPLES)
    assert np.array_equal(fold_of(rows, 5, 1), fold_of(EXAMPLES, 5, 1)[order])
    assert not np.array_equal(fold_of(EXAMPLES, 5, 1), fold_of(EXAMPLES, 5, 2))


def test_users_that_are_not_known_are_not_counted() -> None:
    assert n_users(EXAMPLES) == len(np.unique(EXAMPLES.user)) < len(EXAMPLES)
    assert n_users(replace(EXAMPLES, user=np.arange(len(EXAMPLES)))) == 0
