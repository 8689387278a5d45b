"""Drawn users with members of dimensions, as the answers to unit queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from semantic.units import AnyQuery, UnitAnswer, UnitColumn, UnitQuery

MEMBERS = {
    "device": ("Mobile", "Desktop", "Tablet", "(missing)"),
    "location": ("Delhi", "Mumbai"),
    "category": ("Books", "Home"),
    "variant": ("New", "Old"),
    "day": (*(f"2026-03-{day:02}" for day in range(1, 22)), "(missing)"),
    "exposure_day": (*map(str, range(21)), "(missing)"),
}
Lift = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class DrawnUsers:
    """Users with one to three sessions each, all of which are of one place; the device may change."""

    user: np.ndarray
    codes: Mapping[str, np.ndarray]
    converted: np.ndarray

    def answer(self, query: UnitQuery) -> UnitAnswer:
        """Return the sums that a query asks for."""
        shape = tuple(len(MEMBERS[name]) for name in query.by)
        group = np.ravel_multi_index([self.codes[name] for name in query.by], shape) if shape else 0 * self.user
        units, place = np.unique(self.user * np.prod(shape, dtype=int) + group, return_inverse=True)
        values = np.stack([self._sum(column, place) for column in query.columns], axis=1)
        k, at = values.shape[1], units % np.prod(shape, dtype=int)
        n, totals = np.zeros(np.prod(shape)), np.zeros((np.prod(shape), k))
        products = np.zeros((np.prod(shape), k, k))
        np.add.at(n, at, 1)
        np.add.at(totals, at, values)
        np.add.at(products, at, values[:, :, None] * values[:, None, :])
        members = {name: MEMBERS[name] for name in query.by}
        return UnitAnswer(
            query.by, members, n.reshape(shape), totals.reshape(*shape, k), products.reshape(*shape, k, k), 1, "sql"
        )

    def _sum(self, column: UnitColumn, place: np.ndarray) -> np.ndarray:
        found = np.bincount(place, self.converted if column.measure == "n_converted" else None).astype(float)
        return (found > 0).astype(float) if column.is_any else found

    def answers(self, queries: Mapping[str, AnyQuery]) -> dict[str, UnitAnswer]:
        """Return the answers to named queries."""
        return {name: self.answer(query) for name, query in queries.items() if isinstance(query, UnitQuery)}


def drawn_users(seed: int, n_users: int, lift: Lift | None = None, shares: Sequence[float] = (0.5, 0.5)) -> DrawnUsers:
    """Return users; ``lift`` gives the factor of the rate under New from the codes of device and location."""
    random = np.random.default_rng(seed)
    user = np.repeat(np.arange(n_users), random.integers(1, 4, n_users))
    usual, places = random.choice(3, n_users, p=[0.5, 0.3, 0.2]), random.integers(0, 2, n_users)
    device = np.where(random.random(user.size) < 0.1, random.integers(0, 3, user.size), usual[user])
    keen, variant = random.beta(3, 7, n_users)[user], random.choice(2, n_users, p=shares)[user]
    factor = np.ones(user.size) if lift is None else np.where(variant == 0, lift(device, places[user]), 1.0)
    converted = (random.random(user.size) < np.minimum(keen * factor, 1)).astype(float)
    codes = {"device": device, "location": places[user], "category": random.integers(0, 2, user.size)}
    return DrawnUsers(user, {**codes, "variant": variant}, converted)


def returning_users(seed: int, n_users: int, lift: Callable[[np.ndarray], np.ndarray] | None = None) -> DrawnUsers:
    """Return users who come on about four of 21 days; ``lift`` gives the factor under New from days since the first."""
    random = np.random.default_rng(seed)
    user = np.repeat(np.arange(n_users), random.integers(1, 8, n_users))
    day = random.integers(0, 21, user.size)
    first = np.full(n_users, 99)
    np.minimum.at(first, user, day)
    keen, variant = random.beta(1.5, 3.5, n_users)[user], random.integers(0, 2, n_users)[user]
    since = day - first[user]
    factor = np.ones(user.size) if lift is None else np.where(variant == 0, lift(since), 1.0)
    converted = (random.random(user.size) < np.minimum(keen * factor, 1)).astype(float)
    return DrawnUsers(user, {"variant": variant, "day": day, "exposure_day": since}, converted)
