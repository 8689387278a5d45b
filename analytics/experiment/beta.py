"""Two beta distributions: chances of their difference and ratio, by quadrature to ten digits; vectorised."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, gammaln, log_expit, xlogy

from analytics.experiment.interval import Flags, Floats, as_floats

_TAILS = np.array([1e-60, 1e-36, 1e-21, 1e-13, 1e-8, 1e-5, 1e-3, 0.03, 0.25])
_PLACES, _WEIGHTS = np.polynomial.legendre.leggauss(10)
_TINY = 1e-300
_SERIES = 16.0


@dataclass(frozen=True, slots=True)
class Beta:
    """Independent beta distributions; the arrays have one first axis.

    Attributes
    ----------
    a, b : ndarray of float, shape (k,)
        Parameters, at least 0.5: conversions and others, each with what the prior adds.
    quantiles, complements : ndarray of float, shape (k, j)
        Points where the distribution function has fixed values, far out to either side, and 1 less these points.
    """

    a: Floats
    b: Floats
    quantiles: Floats
    complements: Floats

    @classmethod
    def of(cls, a: npt.ArrayLike, b: npt.ArrayLike) -> "Beta":
        """Return the distributions with these parameters, on one axis."""
        a, b = (np.atleast_1d(parameter) for parameter in as_floats(a, b))
        lower = betaincinv(a[:, None], b[:, None], _TAILS)
        upper = betaincinv(b[:, None], a[:, None], _TAILS)[:, ::-1]
        return cls(a, b, np.concatenate([lower, 1 - upper], axis=1), np.concatenate([1 - lower, upper], axis=1))

    @property
    def mean(self) -> Floats:
        """``a / (a + b)``."""
        return np.asarray(self.a / (self.a + self.b))

    @property
    def deviation(self) -> Floats:
        """Standard deviation."""
        return np.asarray(np.sqrt(self.mean * (1 - self.mean) / (self.a + self.b + 1)))

    @property
    def mirrored(self) -> "Beta":
        """What 1 less the number is distributed as."""
        return Beta(self.b, self.a, self.complements[:, ::-1], self.quantiles[:, ::-1])

    @property
    def log_scale(self) -> Floats:
        """Logarithm of 1 / B(a, b), by Stirling's series: the difference of three logarithms of gamma loses digits."""
        a, b, n = self.a, self.b, self.a + self.b
        entropy = xlogy(a, self.mean) + xlogy(b, 1 - self.mean)
        return np.asarray(np.log(a * b / n / (2 * np.pi)) / 2 + _stirling(n) - _stirling(a) - _stirling(b) - entropy)

    def below(self, x: Floats) -> Floats:
        """Return the chance of at most x, for x of shape (k, nodes)."""
        return np.asarray(betainc(self.a[:, None], self.b[:, None], np.minimum(x, 1.0)))

    def at(self, places: npt.NDArray[np.intp]) -> "Beta":
        """Return the distributions at these places."""
        return Beta(self.a[places], self.b[places], self.quantiles[places], self.complements[places])

    def chosen(self, where: Flags, other: "Beta") -> "Beta":
        """Return these where a condition holds, others elsewhere."""
        rows = where[:, None]
        return Beta(
            np.where(where, self.a, other.a),
            np.where(where, self.b, other.b),
            np.where(rows, self.quantiles, other.quantiles),
            np.where(rows, self.complements, other.complements),
        )


def difference_below(gap: Floats, one: Beta, two: Beta) -> Floats:
    """Return the chance that the one is at most the other plus a gap.

    Parameters
    ----------
    gap : ndarray of float, shape (k,)
        In [-1, 1]; where it is at most 0 a small chance keeps its digits.
    one, two : Beta
        Independent of each other.

    Notes
    -----
    ``P(X <= Y + g) = integral of f_Y(y) F_X(y + g) dy`` from -g to 1 for g <= 0, else 1 less the same of the mirrored
    distributions; of the two ways to write it, the one over the narrower density. With ``y = l + (h - l) / (1 +
    exp(-t))`` the integrand is smooth and falls off exponentially at both ends, whatever the parameters. It is summed
    by Gauss-Legendre over panels between quantiles of both distributions, so that neither is too sharp for a panel.
    """
    is_above = gap > 0
    x, y = one.mirrored.chosen(is_above, one), two.mirrored.chosen(is_above, two)
    is_narrower = x.deviation < y.deviation
    x, y = y.mirrored.chosen(is_narrower, x), x.mirrored.chosen(is_narrower, y)
    low = np.minimum(np.abs(gap), 1.0)
    ends = _Ends(low, np.ones_like(low), x.quantiles, np.ones_like(low, dtype=np.bool_))
    found = np.clip(_average(y, ends, lambda above, _below: x.below(above)), 0.0, 1.0)
    return np.where(is_above, 1 - found, found)


def ratio_below(ratio: Floats, one: Beta, two: Beta) -> Floats:
    """Return the chance that the one is at most a multiple of the other.

    Parameters
    ----------
    ratio : ndarray of float, shape (k,)
        Above 0.
    one, two : Beta
        Independent of each other.

    Notes
    -----
    For r <= 1 ``P(X <= r Y)`` is the integral of ``f_Y(y) F_X(r y)``, or from 0 to r of ``f_X(x) (1 - F_Y(x / r))``; of
    these the one over the narrower density. For r > 1 it is ``1 - P(Y <= X / r)``. See `difference_below`.
    """
    is_above = ratio > 1
    x, y = two.chosen(is_above, one), one.chosen(is_above, two)
    r = np.where(is_above, 1 / ratio, ratio)
    is_narrower = x.deviation < r * y.deviation
    density, factor = x.chosen(is_narrower, y), y.mirrored.chosen(is_narrower, x)
    high, scale = np.where(is_narrower, r, 1.0), np.where(is_narrower, 1 / r, r)
    ends = _Ends(np.zeros_like(r), high, factor.quantiles / scale[:, None], ~is_narrower)

    def weight(above: Floats, below: Floats) -> Floats:
        return factor.below(scale[:, None] * np.where(is_narrower[:, None], below, above))

    found = np.clip(_average(density, ends, weight), 0.0, 1.0)
    return np.where(is_above, 1 - found, found)


def expected_gain(one: Beta, two: Beta) -> Floats:
    """Return by how much the other is above the one on average, counting 0 where it is below.

    Parameters
    ----------
    one, two : Beta
        Independent of each other.

    Notes
    -----
    ``E max(Y - X, 0)`` is the integral of ``f_Y(y) (y F_X(y) - E X F_X+(y))``, F_X+ that of ``Beta(a + 1, b)``, over
    the narrower density. Of ``E max(Y - X, 0)`` and ``E max(X - Y, 0)`` the smaller is integrated; they differ by
    ``E Y - E X``.
    """
    is_smaller = two.mean <= one.mean
    x, y = one.chosen(is_smaller, two), two.chosen(is_smaller, one)
    is_narrower = x.deviation < y.deviation
    x, y = y.mirrored.chosen(is_narrower, x), x.mirrored.chosen(is_narrower, y)
    none = np.zeros_like(x.a)

    def weight(above: Floats, _below: Floats) -> Floats:
        raised = betainc(x.a[:, None] + 1, x.b[:, None], above)
        return np.asarray(np.maximum(above * x.below(above) - x.mean[:, None] * raised, 0.0))

    found = _average(y, _Ends(none, none + 1, x.quantiles, none == 0), weight)
    return np.where(is_smaller, found, found + two.mean - one.mean)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where an integral runs, and at which distances from one of its ends the weight changes."""

    low: Floats
    high: Floats
    distances: Floats
    is_from_low: Flags

    @property
    def width(self) -> Floats:
        return np.maximum(self.high - self.low, _TINY)

    def panels(self, density: Beta) -> Floats:
        """Return edges of panels in t, shape (k, j), ascending; panels without anything to add have no width."""
        low, high, width = self.low[:, None], self.high[:, None], self.width[:, None]
        own = _place(density.quantiles - low, density.complements - (1 - high))
        near, far = self.distances, width - self.distances
        others = np.where(self.is_from_low[:, None], _place(near, far), _place(far, near))
        first = np.where(self.is_from_low[:, None], others[:, :1], -np.inf)
        last = np.where(self.is_from_low[:, None], np.inf, others[:, :1])
        begin, end = np.maximum(own[:, :1], first), np.minimum(own[:, -1:], last)
        edges = np.clip(np.concatenate([own, others], axis=1), np.minimum(begin, end), end)
        return np.sort(edges, axis=1)


def _place(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(above, _TINY)) - np.log(np.maximum(below, _TINY)))


def _average(density: Beta, ends: _Ends, weight: Callable[[Floats, Floats], Floats]) -> Floats:
    """Return the integral between two ends of a density times a weight of the distances to both."""
    edges, width = ends.panels(density), ends.width[:, None]
    half = np.diff(edges, axis=1)[..., None] / 2
    t = (edges[:, :-1, None] + half + half * _PLACES).reshape(len(edges), -1)
    above, below = width * np.exp(log_expit(t)), width * np.exp(log_expit(-t))
    y, rest = ends.low[:, None] + above, (1 - ends.high)[:, None] + below
    a, b = density.a[:, None], density.b[:, None]
    height = xlogy(a - 1, y) + xlogy(b - 1, rest) + density.log_scale[:, None] + log_expit(t) + log_expit(-t)
    summed = np.exp(height) * width * weight(above, below) * (half * _WEIGHTS).reshape(t.shape)
    return np.asarray(summed.sum(axis=1))


def _stirling(x: Floats) -> Floats:
    """Return the logarithm of gamma less ``(x - 1/2) log x - x + log(2 pi) / 2``."""
    large = np.maximum(x, _SERIES)
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / large**2) / large**2) / large**2) / large
    direct = gammaln(x) - ((x - 0.5) * np.log(x) - x + np.log(2 * np.pi) / 2)
    return np.asarray(np.where(x < _SERIES, direct, series))
