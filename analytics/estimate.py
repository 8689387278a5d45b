"""Estimate: a number with its interval and the n behind it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that can be defended.

    Attributes
    ----------
    value : float or None
        The point estimate; None where n is 0.
    low, high : float or None
        Ends of the confidence interval; None where it does not exist.
    n : int
        Sessions behind it.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


def estimates(interval: Interval, n: npt.ArrayLike) -> tuple[Estimate, ...]:
    """Return one estimate for each element of an interval, NaN as None.

    Parameters
    ----------
    interval : Interval
        Arrays of one axis.
    n : array_like
        Sessions behind each element.
    """
    counts = np.rint(np.broadcast_to(np.asarray(n, dtype=np.float64), interval.value.shape)).astype(np.int64)
    columns = (_plain(interval.value), _plain(interval.low), _plain(interval.high), counts.tolist())
    return tuple(map(Estimate, *columns))


def estimate(interval: Interval, n: npt.ArrayLike) -> Estimate:
    """Return the one estimate of an interval without axes."""
    flat = Interval(interval.value.reshape(1), interval.low.reshape(1), interval.high.reshape(1))
    return estimates(flat, n)[0]


def bounded(interval: Interval) -> Interval:
    """Return the interval with ends that are infinite as ends that do not exist."""
    ends = (interval.value, interval.low, interval.high)
    return Interval(*(np.where(np.isfinite(end), end, np.nan) for end in ends))


def numbers(values: npt.NDArray[np.float64]) -> list[float | None]:
    """Return plain numbers, None for what is not finite."""
    return [value if np.isfinite(value) else None for value in values.tolist()]


@dataclass(frozen=True, slots=True)
class Split:
    """A number in total and per variant.

    Attributes
    ----------
    total : Estimate
        Of all variants together.
    variants : tuple of Estimate
        One for each variant of the result.
    """

    total: Estimate
    variants: tuple[Estimate, ...]


def split_estimates(totals: tuple[Estimate, ...], variants: tuple[Estimate, ...]) -> tuple[Split, ...]:
    """Return one split for each total.

    Parameters
    ----------
    totals : tuple of Estimate
        One for each row.
    variants : tuple of Estimate
        Those of the first row, then those of the second, and so on.
    """
    width = len(variants) // max(len(totals), 1)
    return tuple(Split(total, variants[row * width : (row + 1) * width]) for row, total in enumerate(totals))


def _plain(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]
