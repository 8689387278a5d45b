"""Whether a quantity grows with the number of gestures: its slope with an interval, and a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

CONFIDENCE = 0.95
TOLERANCE = 0.05
"""Growth over the whole run that is called constant, as a share of the level."""


@dataclass(frozen=True)
class Slope:
    """Growth of a quantity.

    Attributes
    ----------
    level : float
        Mean, in the quantity's unit.
    value, low, high : float
        Growth in 1,000 gestures with its interval.
    n : int
        Samples.
    """

    level: float
    value: float
    low: float
    high: float
    n: int

    def verdict(self, n_gestures: int) -> str:
        """Return in words whether it is constant over that many gestures.

        It is where even the upper end of the interval stays below the tolerance; it grows where even the lower end is
        above zero.
        """
        most = self.high * n_gestures / 1000 / self.level
        if most <= TOLERANCE:
            return f"constant: at most {most:+.1%} in {n_gestures:,} gestures"
        least = self.low * n_gestures / 1000 / self.level
        return f"grows by {least:+.1%} to {most:+.1%}" if least > 0 else f"undecided: {least:+.1%} to {most:+.1%}"


def slope_of(gestures: Sequence[float], values: Sequence[float], legs: Sequence[int]) -> Slope:
    """Return the slope that all legs share, each leg with a level of its own, by least squares.

    Parameters
    ----------
    gestures : sequence of float
        How many were made when each sample was taken.
    values : sequence of float
        The quantity.
    legs : sequence of int
        To which leg of the run each sample belongs.

    Raises
    ------
    ValueError
        Where there are too few samples for an interval.
    """
    x, y, leg = np.asarray(gestures, float) / 1000, np.asarray(values, float), np.asarray(legs)
    names = np.unique(leg)
    freedom = len(x) - len(names) - 1
    if freedom < 1:
        raise ValueError(f"{len(x)} samples in {len(names)} legs leave no interval; make more gestures")
    for name in names:
        x[leg == name] -= x[leg == name].mean()
    centered = y - np.array([y[leg == name].mean() for name in leg])
    value = float(x @ centered / (x @ x))
    residual = centered - value * x
    error = float(np.sqrt(residual @ residual / freedom / (x @ x)))
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    return Slope(float(y.mean()), value, value - reach, value + reach, len(x))
