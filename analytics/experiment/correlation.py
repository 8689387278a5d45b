"""Correlation of a number with the outcome, from sums in bins of the number; vectorised over groups."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from analytics.experiment.interval import Floats, Interval
from analytics.experiment.mean import Sample

MIN_OUTCOMES = 10
"""Fewer sessions of either outcome have no interval."""


@dataclass(frozen=True, slots=True)
class BinnedNumber:
    """Additive statistics of a number and the outcome in bins of the number.

    Attributes
    ----------
    n, n_converted : ndarray of float, shape (bins, groups)
        Sessions in which the number is known, and conversions among them.
    total, squares : ndarray of float, shape (bins, groups)
        Sum of the number and of its squares.
    total_converted : ndarray of float, shape (bins, groups)
        Sum of the number over converted sessions.
    last_edge : float
        Where the last, open bin begins; NaN where it is not open.
    """

    n: Floats
    n_converted: Floats
    total: Floats
    squares: Floats
    total_converted: Floats
    last_edge: float = np.nan

    @property
    def whole(self) -> Sample:
        """The number over all bins."""
        return Sample(self.n.sum(axis=0), self.total.sum(axis=0), self.squares.sum(axis=0))

    @property
    def rate(self) -> Floats:
        """Conversions by sessions over all bins; NaN where there are none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.n_converted.sum(axis=0) / self.n.sum(axis=0))

    @property
    def deviation(self) -> Floats:
        """Standard deviation of the number over all bins, divided by n."""
        n = self.n.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.sqrt(self.whole.variance * (n - 1) / n))

    @property
    def pooled_variance(self) -> Floats:
        """Variance of the number within each bin and outcome, common to both outcomes; 0 where a bin is empty."""
        with np.errstate(divide="ignore", invalid="ignore"):
            centred = self.squares - self.total_converted**2 / np.maximum(self.n_converted, 1)
            missed = self.n - self.n_converted
            centred = centred - (self.total - self.total_converted) ** 2 / np.maximum(missed, 1)
            return np.where(self.n > 0, np.maximum(centred, 0) / np.maximum(self.n, 1), 0.0)


def point_biserial(number: BinnedNumber, confidence: float = 0.95) -> Interval:
    """Return point-biserial correlations of a number with the outcome.

    Parameters
    ----------
    number : BinnedNumber
        The additive statistics.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        In [-1, 1], one for each group; NaN where number or outcome do not vary. The interval does not exist with fewer
        than `MIN_OUTCOMES` sessions of either outcome.

    Notes
    -----
    The value is Pearson's r of the number and 0 or 1, exact whatever the bins. Its variance is the larger of two:

    - of the influence function ``zx zy - r (zx² + zy²) / 2``, which assumes no distribution. Its mean square needs
      moments that are not kept, so it is put together from the bins: within a bin and outcome the mean is exact, the
      variance common to both outcomes, the third and fourth moment those of a normal, in the last open bin those of a
      gamma distribution. They enter with r, and vanish as r does. Each outcome's part is multiplied by n / (n - 1).
    - Tate's, for a number that is normal with one variance in both outcomes:
      ``(1 - r²)² (1 - 3r²/2 + r²/(4p(1 - p))) / n``. It keeps the interval wide enough with few conversions.

    The interval is taken on Fisher's scale, ``tanh(atanh r ± t e / (1 - r²))``, with Student's quantile for the rarer
    outcome less one degree of freedom. Fisher's own variance ``1 / (n - 3)`` is not used: it is wrong for a binary
    variable.

    References
    ----------
    Tate, R. F. (1954). Correlation between a discrete and a continuous variable. Point-biserial correlation. Annals of
    Mathematical Statistics 25, 603-607.
    Hampel, F. R. (1974). The influence curve and its role in robust estimation. JASA 69, 383-393.
    """
    n, p = number.n.sum(axis=0), number.rate
    rarer = np.minimum(number.n_converted.sum(axis=0), n - number.n_converted.sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = number.deviation * np.sqrt(p * (1 - p))
        covariance = number.total_converted.sum(axis=0) / n - number.whole.mean * p
        value = np.where(spread > 0, np.clip(covariance / spread, -1, 1), np.nan)
        variance = np.maximum(_influence(number, value), _tate(value, p)) / n
        quantile = stdtrit(np.maximum(rarer - 1, 1), (1 + confidence) / 2)
        half = quantile * np.sqrt(variance) / (1 - value**2)
        half = np.where((rarer >= MIN_OUTCOMES) & (np.abs(value) < 1), half, np.nan)
        centre = np.arctanh(value)
        return Interval(value, np.tanh(centre - half), np.tanh(centre + half))


def _tate(value: Floats, p: Floats) -> Floats:
    return np.asarray((1 - value**2) ** 2 * (1 - 1.5 * value**2 + value**2 / (4 * p * (1 - p))))


def _influence(number: BinnedNumber, value: Floats) -> Floats:
    """Return the mean square of the influence function, from bins and outcomes."""
    missed = number.n - number.n_converted
    converted = _outcome(number, value, (number.n_converted, number.total_converted, 1))
    others = _outcome(number, value, (missed, number.total - number.total_converted, 0))
    return np.asarray((converted + others) / number.n.sum(axis=0))


def _outcome(number: BinnedNumber, value: Floats, sums: tuple[Floats, Floats, int]) -> Floats:
    """Return what one outcome adds; around the mean of bin and outcome the function is a + b u + c u²."""
    n, total, outcome = sums
    p, deviation = number.rate, number.deviation
    second, third, fourth = _moments(number)
    zx = np.where(n > 0, (total / np.maximum(n, 1) - number.whole.mean) / deviation, 0)
    zy = (outcome - p) / np.sqrt(p * (1 - p))
    a, b, c = zx * zy - value / 2 * (zx**2 + zy**2), (zy - value * zx) / deviation, -value / (2 * deviation**2)
    squared = a**2 + (b**2 + 2 * a * c) * second + 2 * b * c * third + c**2 * fourth
    n_outcome = n.sum(axis=0)
    return np.asarray((n * squared).sum(axis=0) * n_outcome / np.maximum(n_outcome - 1, 1))


def _moments(number: BinnedNumber) -> tuple[Floats, Floats, Floats]:
    """Return second to fourth central moment within each bin: normal, gamma beyond the last edge."""
    second = number.pooled_variance
    third, fourth = np.zeros_like(second), 3 * second**2
    excess = number.total[-1] / np.maximum(number.n[-1], 1) - number.last_edge
    is_tail = (excess > 0) & (second[-1] > 0)
    tail, safe = second[-1], np.where(is_tail, excess, 1.0)
    third[-1] = np.where(is_tail, 2 * tail**2 / safe, 0)
    fourth[-1] = np.where(is_tail, 3 * tail**2 + 6 * tail**3 / safe**2, fourth[-1])
    return second, third, fourth
