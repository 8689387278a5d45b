"""Sufficient statistics that add up, and the points (value, variance, n) that they answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats, as_floats
from analytics.experiment.mean import Sample

_ROUNDING = 4 * np.finfo(np.float64).eps


@dataclass(frozen=True, slots=True)
class Point:
    """What one variant measures; the arrays have one shape.

    Attributes
    ----------
    value : ndarray of float
        The estimate; NaN where there is nothing to estimate from.
    variance : ndarray of float
        Its variance (squared standard error), not that of single values.
    n : ndarray of float
        Independent units behind it; n - 1 are the degrees of freedom of the variance.
    """

    value: Floats
    variance: Floats
    n: Floats


@dataclass(frozen=True, slots=True)
class Proportion:
    """Conversions of independent units; the arrays have one shape.

    Attributes
    ----------
    n_converted : ndarray of float
        Units that converted.
    n : ndarray of float
        All units.
    """

    n_converted: Floats
    n: Floats

    @classmethod
    def of(cls, n_converted: npt.ArrayLike, n: npt.ArrayLike) -> "Proportion":
        """Return the proportion of these counts, broadcast to one shape."""
        return cls(*as_floats(n_converted, n))

    def __add__(self, other: "Proportion") -> "Proportion":
        return Proportion(self.n_converted + other.n_converted, self.n + other.n)

    @property
    def rate(self) -> Floats:
        """``x / n``; NaN where n is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.n > 0, self.n_converted / self.n, np.nan)

    @property
    def point(self) -> Point:
        """The rate with the variance ``p (1 - p) / n``."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return Point(self.rate, self.rate * (1 - self.rate) / self.n, self.n)


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums and products of k columns over independent units; leading axes are segments, metrics and so on.

    A unit is what was randomised and does not depend on others: a user with the sums over his sessions as columns.

    Attributes
    ----------
    n : ndarray of float, shape (...)
        Units.
    totals : ndarray of float, shape (..., k)
        Sum of each column.
    products : ndarray of float, shape (..., k, k)
        Sum of the product of each two columns; symmetric.
    """

    n: Floats
    totals: Floats
    products: Floats

    @classmethod
    def of(cls, n: npt.ArrayLike, totals: Sequence[npt.ArrayLike], products: Sequence[npt.ArrayLike]) -> "Moments":
        """Return the moments of these sums.

        Parameters
        ----------
        n : array_like
            Units.
        totals : sequence of k array_like
            Sum of each column.
        products : sequence of k (k + 1) / 2 array_like
            Sums of products, row by row from the diagonal on: of columns a and b these are aa, ab, bb.
        """
        k = len(totals)
        first, *rest = as_floats(n, *totals, *products)
        square = np.empty((*first.shape, k, k))
        for (row, column), values in zip(zip(*np.triu_indices(k), strict=True), rest[k:], strict=True):
            square[..., row, column] = square[..., column, row] = values
        return cls(first, np.stack(rest[:k], axis=-1), square)

    @classmethod
    def of_units(cls, values: Floats, group: npt.NDArray[np.intp], n_groups: int) -> "Moments":
        """Return the moments of units by group.

        Parameters
        ----------
        values : ndarray of float, shape (units, k)
            The columns of each unit.
        group : ndarray of int, shape (units,)
            Which variant, segment and so on it belongs to.
        n_groups : int
            How many groups there are.
        """
        columns = values.T
        totals = [np.bincount(group, column, n_groups) for column in columns]
        pairs = zip(*np.triu_indices(len(columns)), strict=True)
        products = [np.bincount(group, columns[row] * columns[column], n_groups) for row, column in pairs]
        return cls.of(np.bincount(group, minlength=n_groups), totals, products)

    @classmethod
    def of_sample(cls, sample: Sample) -> "Moments":
        """Return the moments of one column from its n, sum and sum of squares."""
        return cls.of(sample.n, [sample.total], [sample.squares])

    def leading(self, k: int) -> "Moments":
        """Return the moments of the first k columns."""
        return Moments(self.n, self.totals[..., :k], self.products[..., :k, :k])

    def of_columns(self, places: Sequence[int]) -> "Moments":
        """Return the moments of the columns at these places, in this order."""
        chosen = list(places)
        return Moments(self.n, self.totals[..., chosen], self.products[..., chosen, :][..., chosen])

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.n + other.n, self.totals + other.totals, self.products + other.products)

    @property
    def means(self) -> Floats:
        """Mean of each column, shape (..., k); NaN where n is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.totals / self.n[..., None])

    @property
    def covariance(self) -> Floats:
        """Sample covariance of each two columns (by n - 1), shape (..., k, k); NaN where n <= 1."""
        n = self.n[..., None, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            centred = self.products - self.totals[..., :, None] * self.totals[..., None, :] / n
            return np.where(n > 1, centred / (n - 1), np.nan)

    def variance_along(self, gradient: Floats) -> Floats:
        """Return the variance of a function of the means by the delta method; 0 where only rounding is left of it.

        Parameters
        ----------
        gradient : ndarray of float, shape (..., k)
            Derivative of the function by each mean.
        """
        pairs = gradient[..., :, None] * gradient[..., None, :]
        spread = (pairs * self.covariance).sum(axis=(-2, -1))
        with np.errstate(divide="ignore", invalid="ignore"):
            rounding = _ROUNDING * np.sqrt(self.n) * np.abs(pairs * self.products).sum(axis=(-2, -1)) / (self.n - 1)
            return np.where(spread <= rounding, 0.0, spread) / self.n


def mean_of(moments: Moments) -> Point:
    """Return the mean of the only column, with the variance ``s² / n``."""
    return Point(moments.means[..., 0], moments.variance_along(np.ones_like(moments.totals)), moments.n)


def ratio_of(moments: Moments) -> Point:
    """Return the ratio of two totals by the delta method.

    Parameters
    ----------
    moments : Moments
        Two columns: numerator and denominator, summed over each unit.

    Notes
    -----
    ``R = sum a / sum b`` with the variance ``(s_aa - 2 R s_ab + R² s_bb) / (n mean(b)²)``.

    References
    ----------
    Deng, A., Knoblich, U., Lu, J. (2018). Applying the delta method in metric analytics. KDD, 233-242.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        base = moments.means[..., 1]
        value = moments.means[..., 0] / base
        return Point(value, moments.variance_along(np.stack([1 / base, -value / base], axis=-1)), moments.n)


def clustered_of(moments: Moments) -> Point:
    """Return a mean per session where users have several, corrected for few users.

    Parameters
    ----------
    moments : Moments
        Two columns of each user: the sum over his sessions, and his sessions.

    Notes
    -----
    The delta method of `ratio_of`; with few users of unequal weight its variance is too small. The number of users is
    replaced by the effective one ``G* = (sum b)² / sum b²``, in the factor ``G* / (G* - 1)`` of the variance and in the
    degrees of freedom ``G* - 1``. Where all have as many sessions G* is the number of users, and nothing changes.

    References
    ----------
    Carter, A. V., Schnepel, K. T., Steigerwald, D. G. (2017). Asymptotic behavior of a t-test robust to cluster
    heterogeneity. Review of Economics and Statistics 99, 698-709.
    """
    point, n = ratio_of(moments), moments.n
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = moments.totals[..., 1] ** 2 / moments.products[..., 1, 1]
        factor = np.where(effective > 1, effective / (effective - 1), np.nan) * (n - 1) / n
        return Point(point.value, point.variance * factor, effective)
