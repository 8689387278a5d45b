"""Drawn experiments on a conversion rate: users arrive, are given a variant, convert; counts after each look."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion
from tests.certificate.draws import Row

RATES = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
USERS = (40, 100, 300, 1_000)
LOOKS = (20, 90, 365)
SHARES = (0.5, 0.2)
GRID: tuple[Row, ...] = tuple(
    {"rate": rate, "users": users, "looks": looks, "share": share}
    for looks, share, rate, users in product(LOOKS, SHARES, RATES, USERS)
)
"""The 192 cells of experiments; share is that of the treatment."""
RAMP: tuple[Row, ...] = tuple(
    {"rate": rate, "users": users, "looks": looks, "share": share}
    for looks, share, rate, users in product((20, 365), (0.1, 0.05, 0.01), (0.002, 0.01, 0.05, 0.2), (100, 1_000))
)
"""Beyond that grid: 48 cells of experiments that begin small."""

_AT_ONCE = 80_000


@dataclass(frozen=True)
class Traffic:
    """What is drawn.

    Attributes
    ----------
    rate : float
        Of control.
    users : int
        Mean number that come between two looks; as many as a Poisson law gives.
    looks : int
        How often is looked.
    share : float
        Chance of a user to be given the treatment.
    lift : float
        By how much the rate of the treatment is higher, relatively.
    """

    rate: float
    users: int
    looks: int
    share: float
    lift: float = 0.0

    @classmethod
    def of(cls, cell: Row) -> "Traffic":
        """Return the traffic of a cell of the grid."""
        numbers = {name: float(cell[name]) for name in ("rate", "share", "lift") if name in cell}
        return cls(users=int(cell["users"]), looks=int(cell["looks"]), **numbers)

    @property
    def planned(self) -> int:
        """Users at the last look."""
        return self.users * self.looks

    def blocks(self, n_tests: int, rng: np.random.Generator) -> Iterator[tuple[Proportion, Proportion]]:
        """Yield counts of treatment and control after each look, shape (some tests, looks), until there are enough."""
        step = max(1, _AT_ONCE // self.looks)
        for start in range(0, n_tests, step):
            shape = (min(step, n_tests - start), self.looks)
            treatment = self._counts(rng, shape, self.share * self.users, self.rate * (1 + self.lift))
            control = self._counts(rng, shape, (1 - self.share) * self.users, self.rate)
            yield treatment, control

    @staticmethod
    def _counts(rng: np.random.Generator, shape: tuple[int, int], users: float, rate: float) -> Proportion:
        """Return cumulated counts: those who convert and those who do not arrive independently of each other."""
        converted, others = (_cumulated(rng.poisson(users * chance, shape)) for chance in (rate, 1 - rate))
        return Proportion(converted, converted + others)


def _cumulated(counts: np.ndarray) -> Floats:
    return np.cumsum(counts, axis=-1, dtype=np.float64)
