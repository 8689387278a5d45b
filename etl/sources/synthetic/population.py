"""Who visits and what is shown to them: the shares that sessions are drawn from and the truth is integrated over."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

AGES = np.arange(16, 76)
GENDERS = ("Female", "Male", "Other")
LOCATIONS = ("Bangalore", "Mumbai", "Delhi", "Hyderabad", "Chennai", "Kolkata")
DEVICES = ("Mobile", "Desktop", "Tablet")
CATEGORIES = ("Electronics", "Fashion", "Home", "Books", "Beauty")
ENGINES = ("Old", "New")
SHAPE = (len(AGES), len(GENDERS), len(LOCATIONS), len(DEVICES), len(CATEGORIES))

GENDER_SHARES = np.array([0.47, 0.50, 0.03])
LOCATION_SHARES = np.array([0.24, 0.22, 0.20, 0.14, 0.11, 0.09])
NEW_SHARE = 0.5
# Draws over users for each user there is: with the skew below, those who come at all come 1.6 times on average.
SESSIONS_PER_USER_DRAWN = 0.915
ACTIVITY_SKEW = 1.5
KEEPS_DEVICE = 0.8

_CATEGORY_BY_GENDER = np.array(
    [[0.18, 0.32, 0.20, 0.12, 0.18], [0.38, 0.22, 0.16, 0.16, 0.08], [0.26, 0.28, 0.17, 0.16, 0.13]]
)
_CATEGORY_BY_YEAR = np.array([-0.004, -0.018, 0.020, 0.012, -0.010])
_DEVICE_AT_35 = np.array([0.9, 0.0, -1.2])
_DEVICE_BY_YEAR = np.array([-0.035, 0.0, 0.012])


def _age_shares() -> Floats:
    weight = (AGES - 14.0) ** 1.6 * np.exp(-(AGES - 14) / 10)
    return np.asarray(weight / weight.sum())


def _device_shares() -> Floats:
    weight = np.exp(_DEVICE_AT_35 + np.subtract.outer(AGES, [35]) * _DEVICE_BY_YEAR)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _category_shares() -> Floats:
    tilt = np.exp(np.subtract.outer(AGES, [35]) * _CATEGORY_BY_YEAR)
    weight = tilt[:, None, :] * _CATEGORY_BY_GENDER[None, :, :]
    return np.asarray(weight / weight.sum(axis=2, keepdims=True))


AGE_SHARES = _age_shares()
DEVICE_SHARES = _device_shares()
CATEGORY_SHARES = _category_shares()


def cell_shares() -> Floats:
    """Return the share of sessions in each cell of age, gender, location, device and category; shape `SHAPE`."""
    who = AGE_SHARES[:, None, None] * GENDER_SHARES[:, None] * LOCATION_SHARES
    shown = DEVICE_SHARES[:, None, :, None] * CATEGORY_SHARES[:, :, None, :]
    return np.asarray(who[:, :, :, None, None] * shown[:, :, None, :, :])


@dataclass(frozen=True, slots=True)
class Visitors:
    """Who makes each of some sessions; all codes are positions in the tuples of this module.

    Attributes
    ----------
    number : ndarray of int
        Identifies the user.
    age, gender, location, device, category, engine : ndarray of int
        Codes; age, gender, location and engine belong to the user and never change.
    temper : ndarray of float
        How readily the user buys, standard normal.
    """

    number: Codes
    age: Codes
    gender: Codes
    location: Codes
    device: Codes
    category: Codes
    engine: Codes
    temper: Floats


def draw_visitors(random: np.random.Generator, sessions: int, users: int, seed: int) -> Visitors:
    """Return the visitors of some sessions.

    Parameters
    ----------
    random : numpy.random.Generator
        The block's own stream: who comes, with which device, and what is shown.
    sessions, users : int
        How many sessions to draw, and how many users from.
    seed : int
        What belongs to a user follows from it and the user's number, in whichever block the user comes.
    """
    number = (users * random.random(sessions) ** ACTIVITY_SKEW).astype(np.int64)
    age = _pick(_trait(seed, 1, number), np.cumsum(AGE_SHARES))
    gender = _pick(_trait(seed, 2, number), np.cumsum(GENDER_SHARES))
    usual = _trait(seed, 4, number)
    luck = np.where(random.random(sessions) < KEEPS_DEVICE, usual, random.random(sessions))
    return Visitors(
        number=number,
        age=age,
        gender=gender,
        location=_pick(_trait(seed, 3, number), np.cumsum(LOCATION_SHARES)),
        device=_pick_given(luck, np.cumsum(DEVICE_SHARES, axis=1), age),
        category=_pick_given(random.random(sessions), _CATEGORY_CUTS, age * len(GENDERS) + gender),
        engine=(_trait(seed, 5, number) < NEW_SHARE).astype(np.int64),
        temper=_normal(_trait(seed, 6, number), _trait(seed, 7, number)),
    )


_CATEGORY_CUTS = np.cumsum(CATEGORY_SHARES, axis=2).reshape(-1, len(CATEGORIES))


def _normal(first: Floats, second: Floats) -> Floats:
    """Return standard normal numbers from pairs of uniform ones (Box and Muller 1958)."""
    return np.asarray(np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * second))


def _pick(luck: Floats, cuts: Floats) -> Codes:
    return np.searchsorted(cuts[:-1], luck, side="right")


def _pick_given(luck: Floats, cuts: Floats, row: Codes) -> Codes:
    code = np.zeros(len(luck), np.int64)
    for column in cuts[:, :-1].T:
        code += luck >= column[row]
    return code


def _trait(seed: int, stream: int, number: Codes) -> Floats:
    """Return a number in (0, 1) for each user that depends on nothing but the arguments (splitmix64, Steele 2014)."""
    key = np.random.SeedSequence([seed, stream]).generate_state(1, np.uint64)[0]
    mixed = number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + key
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)
