"""Group-sequential boundaries: a false-alarm rate spent over planned looks, by recursive integration."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from analytics.experiment.interval import Floats

Spending = Callable[[Floats, float], Floats]
"""Part of alpha spent when a fraction of all information is there, in (0, 1]."""

_REACH = 9.0
_WIDEST = 37.0
_LEAST = 1e-280
_FAR = 12.0
"""Deviations of a step beyond which a node adds nothing to another."""
_MOST_BANDED = 0.3
"""Part of the nodes above which it takes longer to pick those in reach than to take all."""


def obrien_fleming(fraction: Floats, alpha: float) -> Floats:
    """Return how much of alpha is spent: hardly anything early, as O'Brien and Fleming's boundaries do.

    Parameters
    ----------
    fraction : ndarray of float
        Information so far by that of the planned end, in (0, 1].
    alpha : float
        False-alarm rate of one side.

    Notes
    -----
    ``2 - 2 Phi(z(1 - alpha / 2) / sqrt(t))``; Lan and DeMets (1983).
    """
    return np.asarray(2 * ndtr(ndtri(alpha / 2) / np.sqrt(fraction)))


def squared(fraction: Floats, alpha: float) -> Floats:
    """Return how much of alpha is spent: ``alpha t²``, between equal parts and O'Brien and Fleming's.

    Parameters
    ----------
    fraction : ndarray of float
        Information so far by that of the planned end, in (0, 1].
    alpha : float
        False-alarm rate of one side.

    Notes
    -----
    Kim, K., DeMets, D. L. (1987). Design and analysis of group sequential tests based on the type I error spending rate
    function. Biometrika 74, 149-154.
    """
    return np.asarray(alpha * np.asarray(fraction) ** 2)


def boundaries(
    fractions: Sequence[float] | Floats, spending: Spending, alpha: float = 0.05, *, is_one_sided: bool = False
) -> Floats:
    """Return the critical value of the statistic at each look.

    Parameters
    ----------
    fractions : sequence of float
        Information at each look by that of the planned end, ascending, in (0, 1]. Only the past matters: later looks
        may be moved as long as that does not depend on the results. Above 1 nothing is left to spend.
    spending : callable
        `obrien_fleming` or `squared`.
    alpha : float
        False-alarm rate of all looks together; two-sided, half of it goes to either side.
    is_one_sided : bool
        Only large statistics reject; there is no boundary below.

    Returns
    -------
    ndarray of float
        An effect is called at the first look whose absolute statistic is above. Infinite where nothing is spent.

    Notes
    -----
    Let ``S = z sqrt(t)``; without an effect its steps are independent and normal. The density of S among those that
    have not stopped is carried from look to look on Gauss-Legendre nodes, and each boundary is where the chance to
    cross it now equals what is spent now.

    References
    ----------
    Armitage, P., McPherson, C. K., Rowe, B. C. (1969). Repeated significance tests on accumulating data. JRSS A 132,
    235-244.
    Lan, K. K. G., DeMets, D. L. (1983). Discrete sequential boundaries for clinical trials. Biometrika 70, 659-663.

    Examples
    --------
    >>> boundaries([0.2, 0.4, 0.6, 0.8, 1.0], obrien_fleming).round(2).tolist()
    [4.88, 3.36, 2.68, 2.29, 2.03]
    """
    times = np.asarray(fractions, dtype=np.float64)
    spent = spending(np.minimum(times, 1.0), alpha if is_one_sided else alpha / 2)
    steps = np.diff(spent, prepend=0.0)
    found = np.full(times.size, np.inf)
    nodes, mass = np.zeros(1), np.ones(1)
    before = 0.0
    for look, (time, step) in enumerate(zip(times.tolist(), steps.tolist(), strict=True)):
        deviation = np.sqrt(time - before)
        found[look] = _boundary(nodes, mass, (time, deviation), step)
        nodes, mass = carry(nodes, mass, (time, deviation), _kept(found[look], time, is_one_sided))
        before = time
    return found


def _boundary(nodes: Floats, mass: Floats, now: tuple[float, float], step: float) -> float:
    """Return the statistic that is crossed now with the chance of a step."""
    time, deviation = now

    def excess(critical: float) -> float:
        crossing = mass @ ndtr((nodes - critical * np.sqrt(time)) / deviation)
        return float(np.log(max(crossing, 1e-300)) - np.log(step))

    if step < _LEAST or excess(_WIDEST) > 0:
        return np.inf
    return float(brentq(excess, -_WIDEST, _WIDEST, xtol=1e-13))


def _kept(critical: float, time: float, is_one_sided: bool) -> tuple[float, float]:
    """Return between which sums one goes on."""
    high = min(critical, _REACH) * np.sqrt(time)
    return (-_REACH * np.sqrt(time) if is_one_sided else -high), high


def carry(nodes: Floats, mass: Floats, now: tuple[float, float], kept: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return nodes and mass of those that go on after a look, without a drift.

    Parameters
    ----------
    nodes, mass : ndarray of float
        Sums of those that came to the look before, and how many they stand for.
    now : (float, float)
        Information at this look, and the deviation of a sum since the look before.
    kept : (float, float)
        Between which sums one goes on.
    """
    low, high = kept
    time, deviation = now
    places, weights = _legendre(32 * int(np.clip(np.ceil(1 + 2.5 * (high - low) / deviation / 32), 2, 25)))
    new = (low + high) / 2 + (high - low) / 2 * places
    near, mass_near = _within(nodes, mass, new, _FAR * deviation + max(abs(low), abs(high)) * deviation**2 / time)
    scale = deviation * np.sqrt(2)
    density = near / scale - (new / scale)[:, None]
    np.exp(-np.square(density, out=density), out=density)
    return new, np.vecdot(density, mass_near) / (scale * np.sqrt(np.pi)) * weights * (high - low) / 2


def _within(nodes: Floats, mass: Floats, new: Floats, reach: float) -> tuple[Floats, Floats]:
    """Return the nodes from which each new one can be reached in a step, with their mass; all where that is most.

    Of those that come far out, most were there nearly: by ``deviation² / time`` of the way nearer to the middle.
    """
    first = np.searchsorted(nodes, new - reach)
    width = int((np.searchsorted(nodes, new + reach) - first).max())
    if width > nodes.size * _MOST_BANDED:
        return nodes, mass
    band = np.minimum(first, nodes.size - width)[:, None] + np.arange(width)
    return nodes[band], mass[band]


@cache
def _legendre(n_nodes: int) -> tuple[Floats, Floats]:
    places, weights = np.polynomial.legendre.leggauss(n_nodes)
    return np.asarray(places), np.asarray(weights)
