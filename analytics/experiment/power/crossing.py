"""Crossing: how likely each of several looks is the first that rejects, for any effect, by recursive integration."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from analytics.experiment.group_sequential import carry
from analytics.experiment.interval import Floats

_REACH = 9.0


@dataclass(frozen=True, slots=True)
class Stopping:
    """Chances to stop at each look; the arrays have the shape of the drifts and one more axis, the looks.

    Attributes
    ----------
    times : ndarray of float, shape (looks,)
        Information at the looks.
    above, below : ndarray of float, shape (..., looks)
        Chance to stop at this look with a statistic above, and below.
    """

    times: Floats
    above: Floats
    below: Floats

    @property
    def power(self) -> Floats:
        """Chance to have rejected on either side by the last look."""
        return np.asarray(np.minimum(self.above.sum(axis=-1) + self.below.sum(axis=-1), 1.0))

    @property
    def expected_time(self) -> Floats:
        """Mean information at the end, where one stops as soon as one rejects and at the last look otherwise."""
        stops = self.above + self.below
        rest = np.maximum(1 - stops.sum(axis=-1), 0.0)
        return np.asarray(stops @ self.times + rest * self.times[-1])


def stopping(
    times: Floats,
    critical: Floats,
    drift: npt.ArrayLike,
    *,
    start: tuple[float, float] = (0.0, 0.0),
    is_one_sided: bool = False,
) -> Stopping:
    """Return how likely each look is the first that rejects.

    Parameters
    ----------
    times : ndarray of float, shape (looks,)
        Information at each look, ascending, above that of the start.
    critical : ndarray of float, shape (looks,)
        What the statistic must be above; where infinite, nothing is looked at.
    drift : array_like
        Mean of the statistic at the information 1.
    start : (float, float)
        Information so far, and the sum there: the statistic times the root of the information.
    is_one_sided : bool
        Only large statistics reject.

    Notes
    -----
    ``S = z sqrt(t)`` is a Brownian motion with this drift. The density of S without drift among those that have not
    stopped is carried from look to look once; with a drift of theta it is larger by ``exp(theta s - theta² t / 2)``, so
    that any number of effects costs one recursion.

    References
    ----------
    Armitage, P., McPherson, C. K., Rowe, B. C. (1969). Repeated significance tests on accumulating data. JRSS A 132,
    235-244.
    Jennison, C., Turnbull, B. W. (2000). Group sequential methods with applications to clinical trials, chapter 19.
    """
    theta = np.asarray(drift, dtype=np.float64)[..., None]
    above, below = (np.zeros((*theta.shape[:-1], times.size)) for _ in range(2))
    asked = tuple(times.tolist()), tuple(critical.tolist()), start, is_one_sided
    for look, nodes, mass, before, bound in _steps(*asked):
        weight = mass * np.exp(theta * (nodes - start[1]) - theta**2 * (before - start[0]) / 2)
        passed = times[look] - before
        centre, deviation = nodes + theta * passed, np.sqrt(passed)
        above[..., look] = (weight * ndtr((centre - bound) / deviation)).sum(axis=-1)
        if not is_one_sided:
            below[..., look] = (weight * ndtr((-bound - centre) / deviation)).sum(axis=-1)
    return Stopping(times, above, below)


@lru_cache(maxsize=16)
def _steps(
    times: tuple[float, ...], critical: tuple[float, ...], start: tuple[float, float], is_one_sided: bool
) -> tuple[tuple[int, Floats, Floats, float, float], ...]:
    """Return of each look the sums of those who come to it, their mass, when they were looked at, and the bound.

    None of it depends on the drift, which searches for a drift or a number of units change alone.
    """
    nodes, mass, before, found = np.array([start[1]]), np.ones(1), start[0], []
    for look in np.flatnonzero(np.isfinite(critical)).tolist():
        time, root = times[look], float(np.sqrt(times[look]))
        bound = critical[look] * root
        found.append((look, nodes, mass, before, bound))
        low = min(-_REACH * root, start[1] - _REACH * root) if is_one_sided else -bound
        nodes, mass = carry(nodes, mass, (time, float(np.sqrt(time - before))), (low, bound))
        before = time
    return tuple(found)
