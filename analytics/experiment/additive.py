"""Additive: whether segments share one effect, or the sums of those of two dimensions, and which segment does not."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, fdtrc

from analytics.experiment.arm import Arm
from analytics.experiment.effect import Effect, log_ratio_of
from analytics.experiment.evened import evened
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Point, Proportion

Codes = npt.NDArray[np.intp]
_HALF = 0.5
_NO_FREEDOM = 1e-9


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Whether the effects of some segments fit together by more than chance.

    Attributes
    ----------
    statistic : float
        Cochran's Q: squared distances from the fit in standard errors, added up.
    freedom : float
        Segments less what was fitted.
    correction : float
        Johansen's A: how much is not known of the errors; 0 where they are known.
    """

    statistic: float
    freedom: float
    correction: float = 0.0

    @property
    def p_value(self) -> float:
        """For one look; 1 where fewer than two effects are known.

        Notes
        -----
        Chi-squared where errors are known. Else ``Q / (q + 2 A (q - 1) / (q + 2))`` is about F with q and ``q (q + 2) /
        (3 A)`` degrees of freedom; of one dimension this is Welch's analysis of variance.

        References
        ----------
        Johansen, S. (1980). The Welch-James approximation to the distribution of the residual sum of squares in a
        weighted linear regression. Biometrika 67, 85-92.
        """
        q, a = self.freedom, self.correction
        if q < 1:
            return 1.0
        if a <= 0:
            return float(chdtrc(q, self.statistic))
        return float(fdtrc(q, q * (q + 2) / (3 * a), self.statistic / (q + 2 * a * (q - 1) / (q + 2))))

    def always_valid_p(self, ratio: float) -> float:
        """Return a p-value that holds at every look.

        Parameters
        ----------
        ratio : float
            Units so far times the spread of the mixture (`NormalMixture`).

        Notes
        -----
        The mixture over normal effects in each of q directions: ``E = exp(Q r / 2 (1 + r)) / (1 + r)^(q / 2)``.
        """
        if self.freedom < 1:
            return 1.0
        log_e = self.statistic * ratio / (2 * (1 + ratio)) - self.freedom * np.log1p(ratio) / 2
        return float(np.exp(min(-log_e, 0.0)))


@dataclass(frozen=True, slots=True)
class AdditiveFit:
    """Effects of segments with what their dimensions alone lead to expect.

    Attributes
    ----------
    expected : ndarray of float, shape (k,)
        Of one dimension: the weighted mean of all. Of two: the sum of an effect of either member.
    beyond : Effect
        Each segment's effect less what all *other* segments lead to expect of it.
    homogeneity : Homogeneity
        Of all segments together.
    """

    expected: Floats
    beyond: Effect
    homogeneity: Homogeneity


def log_effects(treatment: Arm, control: Arm) -> Effect:
    """Return log ratios of treatment by control that also exist where few conversions are known.

    Parameters
    ----------
    treatment, control : Arm
        Of one outcome, independent of each other.

    Notes
    -----
    Of rates ``log((x1 + 1/2) / (n1 + 1/2)) - log((x2 + 1/2) / (n2 + 1/2))``, whose variance is
    ``1 / (x1 + 1/2) - 1 / (n1 + 1/2) + 1 / (x2 + 1/2) - 1 / (n2 + 1/2)``: nearly without bias, and zeros need no rule
    of their own. Else `log_ratio_of`, variances evened, of as many units as the sum is worth in equal values,
    ``(sum x)² / sum x²``: rare amounts tell that little of their variance. Degrees of freedom are Welch's in both.

    References
    ----------
    Pettigrew, H. M., Gart, J. J., Thomas, D. G. (1986). The bias and higher cumulants of the logarithm of a binomial
    variate. Biometrika 73, 425-435.
    """
    if treatment.counts is None or control.counts is None:
        return log_ratio_of(*map(_worth, evened(treatment.point, control.point)))
    (y1, v1), (y2, v2) = _half_added(treatment.counts), _half_added(control.counts)
    variance = v1 + v2
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = variance**2 / (v1**2 / treatment.freedom + v2**2 / control.freedom)
    return Effect(y1 - y2, np.sqrt(variance), np.asarray(freedom))


def _worth(point: Point) -> Point:
    """Return the point with as many units as its sum is worth in equal values."""
    with np.errstate(divide="ignore", invalid="ignore"):
        n = 1 / (point.variance / point.value**2 + 1 / point.n)
    return Point(point.value, point.variance, np.minimum(n, point.n))


def _half_added(counts: Proportion) -> tuple[Floats, Floats]:
    x, n = counts.n_converted + _HALF, counts.n + _HALF
    with np.errstate(divide="ignore", invalid="ignore"):
        known = counts.n > 0
        return np.where(known, np.log(x / n), np.nan), np.where(known, 1 / x - 1 / n, np.nan)


def design_of(codes: Codes) -> Floats:
    """Return the columns of an additive model: one for all, and one for each further member of each dimension.

    Parameters
    ----------
    codes : ndarray of int, shape (k, depth)
        Members of each segment along its dimensions; of one dimension there is nothing but the mean.

    Examples
    --------
    >>> design_of(np.array([[0, 0], [0, 1], [1, 0], [1, 1]])).tolist()
    [[1.0, 0.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]
    """
    k, depth = codes.shape
    columns = [np.ones((k, 1))]
    for axis in range(depth if depth > 1 else 0):
        members = np.unique(codes[:, axis])[1:]
        columns.append((codes[:, axis, None] == members).astype(np.float64))
    return np.hstack(columns)


def fit(effect: Effect, design: Floats) -> AdditiveFit:
    """Return how effects fit an additive model, weighted by their precision.

    Parameters
    ----------
    effect : Effect, shape (k,)
        Of segments, on a scale on which effects add up, such as log ratios; all of them known.
    design : ndarray of float, shape (k, p)
        As of `design_of`.

    Notes
    -----
    With weights ``w = 1 / s²`` and leverages h, the residual of each segment by ``1 - h`` is its distance from what the
    others lead to expect, with the error ``s / sqrt(1 - h)`` and Satterthwaite's degrees of freedom; where nothing but
    the segment itself tells what to expect (h = 1) it does not exist.

    References
    ----------
    Cochran, W. G. (1954). The combination of estimates from different experiments. Biometrics 10, 101-129.
    """
    y, variance, weight = effect.value, effect.error**2, effect.error**-2
    scaled = design.T * weight
    hat = design @ np.linalg.pinv(scaled @ design, hermitian=True) @ scaled
    kept = np.eye(len(y)) - hat
    free = np.maximum(np.diag(kept), 0.0)
    expected = hat @ y
    statistic = float((weight * (y - expected) ** 2).sum())
    parts = kept**2 * variance
    with np.errstate(divide="ignore", invalid="ignore"):
        is_free = free > _NO_FREEDOM
        value = np.where(is_free, (y - expected) / free, np.nan)
        error = np.where(is_free, effect.error / np.sqrt(free), np.nan)
        freedom = parts.sum(axis=1) ** 2 / (parts**2 / effect.freedom).sum(axis=1)
    unknown = float((free**2 / effect.freedom).sum())
    q = len(y) - np.linalg.matrix_rank(design)
    return AdditiveFit(expected, Effect(value, error, freedom), Homogeneity(statistic, float(q), unknown))
