"""Split: which sessions models learn from and which judge them; a user is never on both sides."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from model.examples import NO_DAY, Examples, Floats, Whole
from model.report import HoldOut
from model.scored import Scored
from model.scoring.influence import proportion
from semantic.domain import EPOCH

HELD_OUT = 0.2
_CONFIDENCE = 0.95
_MIN_PART = 0.05


@dataclass(frozen=True, slots=True)
class Split:
    """Two parts of examples.

    Attributes
    ----------
    train, test : ndarray of int
        Places of the rows, ascending; what is in neither is left out.
    facts : HoldOut
        What the page says of it.
    """

    train: Whole
    test: Whole
    facts: HoldOut


def hold_out(examples: Examples, seed: int, confidence: float = _CONFIDENCE) -> Split:
    """Return the latest fifth of the sessions as the test part, or that of random users where time does not help.

    Parameters
    ----------
    examples : Examples
        Single sessions.
    seed : int
        Of the random part.
    confidence : float
        Level of the interval of the base rate.
    """
    cut = _cut_day(examples)
    if cut is None:
        why = "" if examples.day is None else "all sessions are of one day, so users were held out at random"
        return random_hold_out(examples, seed, confidence=confidence, why=why)
    is_late = _days(examples) >= cut
    comes_late = np.zeros(examples.user.max() + 1, dtype=bool)
    comes_late[examples.user[is_late]] = True
    train, test = np.flatnonzero(~comes_late[examples.user]), np.flatnonzero(is_late)
    first_day = (EPOCH + timedelta(days=cut)).isoformat()
    if not (_is_useful(examples, train) and _is_useful(examples, test)):
        why = (
            f"too few sessions, or one outcome alone, would be left on one side of {first_day} once users who come "
            "back are taken out, so users were held out at random"
        )
        return random_hold_out(examples, seed, confidence=confidence, why=why)
    return Split(train, test, _facts(examples, (train, test), first_day, confidence))


def random_hold_out(
    examples: Examples, seed: int, share: float = HELD_OUT, confidence: float = _CONFIDENCE, why: str = ""
) -> Split:
    """Return a test part of random users.

    Parameters
    ----------
    examples : Examples
        Single sessions.
    seed : int
        Equal seeds give equal users, whatever the order of the rows.
    share : float
        Of the sessions, held out.
    confidence : float
        Level of the interval of the base rate.
    why : str
        As of `HoldOut`.
    """
    users, weight = _users(examples, examples.weight)
    order = np.random.default_rng(seed).permutation(len(users))
    n_before = np.cumsum(weight[order]) - weight[order]
    is_held = np.zeros(users.max(initial=-1) + 1, dtype=bool)
    is_held[users[order[n_before < share * weight.sum()]]] = True
    test, train = np.flatnonzero(is_held[examples.user]), np.flatnonzero(~is_held[examples.user])
    return Split(train, test, _facts(examples, (train, test), "", confidence, why))


def fold_of(examples: Examples, k: int, seed: int) -> Whole:
    """Return the fold of each row, from 0 to k - 1: whole users, equal sessions and conversions as nearly as may be.

    Parameters
    ----------
    examples : Examples
        The rows.
    k : int
        How many folds.
    seed : int
        Equal seeds give each user an equal fold, whatever the order of the rows.
    """
    users, weight = _users(examples, examples.weight)
    _, converted = _users(examples, examples.weight * examples.y)
    random = np.random.default_rng(seed)
    order = np.lexsort([random.random(len(users)), weight, converted])[::-1]
    place = np.arange(len(users))
    turn, within = place // k, place % k
    fold = np.zeros(users.max(initial=-1) + 1, dtype=np.int64)
    fold[users[order]] = np.where(turn % 2, k - 1 - within, within)
    return random.permutation(k)[fold[examples.user]]


def _users(examples: Examples, values: Floats) -> tuple[Whole, Floats]:
    users, place = np.unique(examples.user, return_inverse=True)
    return users, np.asarray(np.bincount(place, weights=values, minlength=len(users)), dtype=np.float64)


def _days(examples: Examples) -> Whole:
    return np.full(len(examples), NO_DAY) if examples.day is None else examples.day


def _cut_day(examples: Examples) -> int | None:
    """Return the day from which on nearest to a fifth of the sessions are, or None where there are not two days."""
    days, place = np.unique(_days(examples), return_inverse=True)
    weight = np.bincount(place, weights=examples.weight, minlength=len(days))
    is_known = days != NO_DAY
    days, weight = days[is_known], weight[is_known]
    if len(days) < 2:
        return None
    later = np.cumsum(weight[::-1])[::-1][1:]
    return int(days[1 + np.argmin(np.abs(later - HELD_OUT * weight.sum()))])


def _is_useful(examples: Examples, places: Whole) -> bool:
    part = examples.rows(places)
    return part.n_sessions >= _MIN_PART * examples.n_sessions and 0 < part.base_rate < 1


def _facts(examples: Examples, parts: tuple[Whole, Whole], first_day: str, confidence: float, why: str = "") -> HoldOut:
    train, test = (examples.rows(part) for part in parts)
    scored = Scored.of(test, test.y)
    return HoldOut(
        kind="later" if first_day else "random",
        first_day=first_day,
        n_train=train.n_sessions,
        n_test=test.n_sessions,
        n_left_out=examples.n_sessions - train.n_sessions - test.n_sessions,
        n_users=n_users(test),
        base_rate=proportion(scored, test.y, np.ones(len(test)), confidence),
        why=why,
    )


def n_users(examples: Examples) -> int:
    """Return how many users the rows have; 0 where each row is its own, which is how unknown users are written."""
    n = len(np.unique(examples.user))
    return n if n < len(examples) else 0
