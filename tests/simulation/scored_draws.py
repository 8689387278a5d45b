"""Draws of scored sessions whose truth is known: a user's taste is partly seen by the score and partly not."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from model.examples import Floats
from model.scored import Scored

SEEN, UNSEEN, MOMENT = 0.8, 0.7, 0.5
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(12)


@dataclass(frozen=True, slots=True)
class World:
    """Sessions of one kind.

    Attributes
    ----------
    mean : float
        Mean log odds of a conversion: -3.7, -2 and -0.5 make rates of 4, 17 and 40 %.
    per_user : int
        Mean sessions of a user, geometric; 0: each has one.
    bent : float
        What deviations of the log odds are multiplied by in the score; 1: scores are chances.
    """

    mean: float
    per_user: int = 0
    bent: float = 1.0

    def draw(self, rng: np.random.Generator, n: int) -> Scored:
        """Return n sessions; a user's sessions share all but the moment."""
        sizes = rng.geometric(1 / self.per_user, n) if self.per_user else np.ones(n, dtype=np.int64)
        user = np.repeat(np.arange(n), sizes)[:n]
        seen = self.mean + rng.normal(0, SEEN, n)[user] + rng.normal(0, MOMENT, n)
        y = (rng.random(n) < expit(seen + rng.normal(0, UNSEEN, n)[user])).astype(float)
        return Scored(self.score(chance_of(seen)), y, np.ones(n), user)

    def score(self, chance: Floats) -> Floats:
        """Return the scores of sessions by their chance given what the score sees."""
        middle = logit(chance_of(np.array([self.mean])))
        return np.asarray(expit(middle + self.bent * (logit(chance) - middle)))


def chance_of(seen: Floats) -> Floats:
    """Return the chance of a conversion given what the score sees: mean over what it does not."""
    table = np.linspace(seen.min() - 0.01, seen.max() + 0.01, 4_000)
    mean = expit(table[:, None] + UNSEEN * _NODES) @ _WEIGHTS / _WEIGHTS.sum()
    return np.interp(seen, table, mean)
