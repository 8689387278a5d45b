"""Spending: critical values and p-values of the present one of several planned looks, from one curve."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from analytics.experiment.group_sequential import boundaries, obrien_fleming
from analytics.experiment.interval import Floats

ALPHAS = (
    *(1e-60, 1e-30, 1e-18, 1e-12, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 5e-3),
    *(0.01, 0.0125, 1 / 60, 0.02, 0.025, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9),
)
"""Where the boundary is worked out; the levels in use are among them."""


@dataclass(frozen=True)
class SpendingCurve:
    """Boundaries of one look over all false-alarm rates.

    Attributes
    ----------
    log_alpha : PchipInterpolator or None
        Logarithm of the false-alarm rate by its boundary; None before the first planned look.
    lowest, highest : float
        The boundaries between which it is known.
    """

    log_alpha: PchipInterpolator | None
    lowest: float
    highest: float

    def p_value(self, statistic: npt.ArrayLike) -> Floats:
        """Return the smallest false-alarm rates at which statistics are at their boundary.

        Parameters
        ----------
        statistic : array_like
            Absolute value, or signed where the test is one-sided. Far out the smallest rate that is known stands.
        """
        z = np.asarray(statistic, dtype=np.float64)
        if self.log_alpha is None:
            return np.where(np.isnan(z), np.nan, 1.0)
        p = np.exp(self.log_alpha(np.clip(z, self.lowest, self.highest)))
        return np.where(z < self.lowest, 1.0, p)

    def critical(self, alpha: float) -> float:
        """Return the boundary of a false-alarm rate; infinite where nothing may be said yet."""
        if self.log_alpha is None:
            return np.inf
        found = self.log_alpha.solve(np.log(alpha), extrapolate=False)
        return float(found[0]) if found.size else np.inf


@lru_cache(maxsize=512)
def spending_curve(fractions: tuple[float, ...], n_over: int, is_one_sided: bool) -> SpendingCurve:
    """Return the curve of the last look that is over, spent as O'Brien and Fleming's boundaries do.

    Parameters
    ----------
    fractions : tuple of float
        Information at each planned look by that of the planned end, ascending, in (0, 1].
    n_over : int
        Looks that are over.
    is_one_sided : bool
        Only large statistics reject.

    Notes
    -----
    Boundary and p-value invert one curve, a monotone cubic through exact boundaries, so that they agree at every level;
    at usual levels it is exact. Boundaries of all planned looks are worked out together, once.
    """
    known = [
        (planned_boundaries(fractions, alpha, is_one_sided)[n_over - 1], alpha) for alpha in (ALPHAS if n_over else ())
    ]
    finite = sorted((boundary, np.log(alpha)) for boundary, alpha in known if np.isfinite(boundary))
    if len(finite) < 2:
        return SpendingCurve(None, np.nan, np.nan)
    places, logs = (np.array(column) for column in zip(*finite, strict=True))
    return SpendingCurve(PchipInterpolator(places, logs), float(places[0]), float(places[-1]))


@lru_cache(maxsize=8 * len(ALPHAS))
def planned_boundaries(fractions: tuple[float, ...], alpha: float, is_one_sided: bool) -> Floats:
    """Return the boundaries of all planned looks; see `boundaries`."""
    return boundaries(fractions, obrien_fleming, alpha, is_one_sided=is_one_sided)
