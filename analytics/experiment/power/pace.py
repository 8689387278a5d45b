"""Pace: how many different users come in so many days, and how long so many take, with what is not known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats, Interval

MOST_DAYS = 3 * 365
"""Beyond which nothing is foretold."""
_WEEKS_FROM = 21
_AHEAD = np.concatenate([[0.0], np.geomspace(1.0, MOST_DAYS, 80)])
_STEEPNESS = np.concatenate([np.linspace(0.0, 2.0, 61), np.geomspace(2.05, 40.0, 60)])
_TURNS = np.geomspace(1e-3, 60.0, 300)
_LEVELS = (0.025, 0.975)
_NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """Days until something; None: not within `MOST_DAYS`.

    Attributes
    ----------
    likely, soonest, latest : int or None
        Days as expected, and the ends of their 95 % range.
    """

    likely: int | None
    soonest: int | None
    latest: int | None


@dataclass(frozen=True)
class Pace:
    """Different users seen by so many days of a log.

    Attributes
    ----------
    days : tuple of float
        Ascending, above 0.
    units : tuple of float
        Different users within so many days, ascending.

    Notes
    -----
    Returning users are not new, so new users a day decline. Within the log the curve is as seen. Beyond it new users a
    day fall as ``(1 + d / turn)^-k``: constant with k = 0, Heaps' power law with a small turn, visitors whose rates
    have a gamma distribution with k > 1, running dry with a large k. Which of these is not settled by a log: each k,
    with the turn that suits it best, counts by its likelihood (multinomial, divided by the dispersion of the counts),
    and the range is that of 95 % of them, and of the counts to come.

    Examples
    --------
    >>> pace = Pace.of_daily([100.0] * 28)
    >>> pace.units_by(14).value.item()
    1400.0
    """

    days: tuple[float, ...]
    units: tuple[float, ...]

    @classmethod
    def of_daily(cls, new_units: Sequence[float] | Floats) -> "Pace":
        """Return the pace of a log from its new users of each day; by whole weeks to its end if it is long enough."""
        counts = np.asarray(new_units, dtype=np.float64)
        step = 7 if counts.size >= _WEEKS_FROM else 1
        days = np.arange(counts.size, 0, -step)[::-1]
        return cls.of(days, np.cumsum(counts)[days - 1])

    @classmethod
    def of(cls, days: npt.ArrayLike, units: npt.ArrayLike) -> "Pace":
        """Return the pace of these points, those without a user left out."""
        points = [(float(d), float(n)) for d, n in zip(np.asarray(days), np.asarray(units), strict=True) if n > 0]
        return cls(tuple(d for d, _ in points), tuple(n for _, n in points))

    def scaled(self, share: float) -> "Pace":
        """Return the pace where a part of the users takes part."""
        return Pace(self.days, tuple(n * share for n in self.units))

    @property
    def last_day(self) -> float:
        """Days of the log; 0 where it holds nobody."""
        return self.days[-1] if self.days else 0.0

    def units_by(self, days: npt.ArrayLike, since: float = 0.0) -> Interval:
        """Return how many different users come between two days who were not there before.

        Parameters
        ----------
        days : array_like
            Until when, in days from the beginning.
        since : float
            From when, within the log; users who came before do not count.
        """
        until = np.asarray(days, dtype=np.float64)
        if not self.days:
            return Interval(*(np.zeros(until.shape) for _ in range(3)))
        seen = np.interp(until, *self._points) - np.interp(since, *self._points)
        middle, low, high = (seen + np.interp(until - self.last_day, _AHEAD, more) for more in self._beyond)
        noise = 2 * np.sqrt(self._dispersion * np.maximum(middle, 0.0))
        return Interval(
            middle,
            np.maximum(middle - np.hypot(middle - low, noise), 0.0),
            middle + np.hypot(high - middle, noise),
        )

    def days_for(self, units: float, since: float = 0.0) -> Span:
        """Return how many days after a day so many different users have come who were not there before.

        Parameters
        ----------
        units : float
            How many.
        since : float
            The day from which they are counted, from the beginning, within the log.
        """
        found = self.units_by(since + np.arange(MOST_DAYS + 1), since)
        return Span(*(_first(curve, units) for curve in (found.value, found.high, found.low)))

    @property
    def _points(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        return (0.0, *self.days), (0.0, *self.units)

    @cached_property
    def _fits(self) -> tuple[Floats, Floats, float]:
        """Turn that suits each steepness, how much that counts, and the dispersion of the counts around the best."""
        counts = np.diff(self._points[1])
        parts = np.array(self._points[0]) / self.last_day
        steps = np.diff(_grown(parts, _STEEPNESS[:, None, None], _TURNS[None, :, None]), axis=-1)
        likelihood = np.log(np.maximum(steps, 1e-300)) @ counts
        suits = np.argmax(likelihood, axis=1)
        profile = likelihood[np.arange(suits.size), suits]
        best = int(np.argmax(profile))
        expected = counts.sum() * steps[best, suits[best]]
        n_free = max(counts.size - 2, 1)
        dispersion = max(1.0, float(((counts - expected) ** 2 / expected).sum() / n_free))
        weights = np.exp((profile - profile[best]) / dispersion)
        return _TURNS[suits], weights / weights.sum(), dispersion

    @property
    def _dispersion(self) -> float:
        return self._fits[2]

    @cached_property
    def _beyond(self) -> tuple[Floats, Floats, Floats]:
        """Users who come after the log, by days ahead: as expected, and the ends of the range of the shapes."""
        turns, weights, _ = self._fits
        more = self.units[-1] * (_grown(1 + _AHEAD / self.last_day, _STEEPNESS[:, None], turns[:, None]) - 1)
        order = np.argsort(more, axis=0)
        ranks = np.cumsum(weights[order], axis=0)
        ends = [np.take_along_axis(order, np.argmax(ranks >= level, axis=0)[None], axis=0) for level in _LEVELS]
        low, high = (np.take_along_axis(more, end, axis=0)[0] for end in ends)
        return weights @ more, low, high


def _grown(part: Floats, steepness: Floats, turn: Floats) -> Floats:
    """Return users by a part of the log's days, by those of the whole log."""
    power = 1 - steepness
    is_log = np.abs(power) < _NEARLY

    def users(days: Floats | float) -> Floats:
        log_days = np.log1p(days / turn)
        return np.asarray(np.where(is_log, log_days, np.expm1(power * log_days) / np.where(is_log, 1.0, power)))

    return np.asarray(users(part) / users(1.0))


def _first(curve: Floats, wanted: float) -> int | None:
    place = int(np.searchsorted(np.maximum.accumulate(curve), wanted - 1e-9))
    return place if place < curve.size else None
