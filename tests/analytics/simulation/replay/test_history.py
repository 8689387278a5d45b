import numpy as np
import pytest

from analytics.simulation.replay.history import History, Injection, assigned, history_of
from semantic.errors import InputError
from semantic.user_days import UserDays
from tests.analytics.simulation.replay.users import users

LOOKS = (2, 4, 6)


@pytest.fixture(scope="module")
def found() -> UserDays:
    return users(300, 6)


@pytest.fixture(scope="module")
def history(found: UserDays) -> History:
    return history_of(found, LOOKS)


def slow(found: UserDays, arm: list[int], until: int, variant: int) -> list[float]:
    """Return the sums over the users of a variant up to a day, one user at a time."""
    sums = np.zeros(6)
    for user, mine in enumerate(arm):
        rows = (found.user == user) & (found.day < until)
        n, x = found.n[rows].sum(), found.converted[rows].sum()
        sums += np.array([n > 0, n, x, n * n, n * x, x * x]) * (mine == variant)
    return sums.tolist()


def test_sums_are_those_of_a_loop_over_users(found: UserDays, history: History) -> None:
    sums = assigned(history, np.array([0.7, 0.3]), (Injection(0.0, 1.0),), np.random.default_rng(4))
    arm = np.searchsorted([0.7], np.random.default_rng(4).random(history.n_users), side="right").tolist()
    for look, until in enumerate(LOOKS):
        for variant in (0, 1):
            assert sums[:, look, variant].tolist() == slow(found, arm, until, variant)


def test_all_variants_together_are_all_users(history: History) -> None:
    sums = assigned(history, np.full(3, 1 / 3), (Injection(0.0, 1.0),) * 2, np.random.default_rng(1))
    for mine, known in zip(sums[:3], history.by_look, strict=True):
        assert mine.sum(axis=1).tolist() == known.tolist()


@pytest.mark.parametrize("lift", [0.2, -0.3, 0.0])
def test_a_lift_is_put_in_as_it_is_said(history: History, lift: float) -> None:
    injection = Injection.of(lift, history)
    assert injection.lifts(history)[-1] == pytest.approx(lift)
    drawn = [assigned(history, np.array([0.0, 1.0]), (injection,), np.random.default_rng(k)) for k in range(200)]
    converted = np.mean([sums[2, :, 1] for sums in drawn], axis=0)
    assert converted == pytest.approx(history.by_look[2] * (1 + injection.lifts(history)), rel=0.02)


def test_control_is_left_as_it_is(history: History) -> None:
    plain, lifted = (
        assigned(history, np.array([0.5, 0.5]), (Injection.of(lift, history),), np.random.default_rng(2))
        for lift in (0.0, 0.5)
    )
    assert lifted[:, :, 0].tolist() == plain[:, :, 0].tolist()
    assert (lifted[2, :, 1] >= plain[2, :, 1]).all()


def test_more_than_all_sessions_cannot_convert(history: History) -> None:
    with pytest.raises(InputError, match="needs more sessions than there are"):
        Injection.of(19.0, history)


def test_too_few_users_are_refused_in_a_sentence() -> None:
    with pytest.raises(InputError, match="a replay needs 20 users of whom some convert and some do not"):
        history_of(users(5, 3), (3,))
