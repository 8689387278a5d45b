"""Outlook: what can be shown after so many days of a site's traffic, and how many days a lift takes."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analytics.experiment.interval import Interval
from analytics.experiment.power.pace import MOST_DAYS, Span
from analytics.experiment.power.rule import Rule
from analytics.experiment.power.trial import Trial
from analytics.planning.traffic import Traffic


@dataclass(frozen=True)
class Outlook:
    """What one method can show with some traffic.

    Attributes
    ----------
    traffic : Traffic
        The users to come who take part.
    rule : Rule
        When a lift is called; its sequence is tuned for the planned number of users.
    shares : (float, float)
        Part of those users that the treatment with the fewest gets, and control.
    null : float
        Lift that is to be excluded: 0, or below it where a loss is to be ruled out.
    """

    traffic: Traffic
    rule: Rule
    shares: tuple[float, float]
    null: float = 0.0

    def trial(self, days: float) -> Trial:
        """Return the comparison after so many days."""
        return Trial(self.traffic.baseline_by(days), self._tuned, self.shares, self.null)

    def units_by(self, days: float) -> Interval:
        """Return how many users have come after so many days."""
        return self.traffic.pace.units_by(days)

    def detectable(self, days: float, power: float) -> Interval | None:
        """Return the lift that is shown with a chance after so many days, or the loss that is ruled out, with a range.

        Parameters
        ----------
        days : float
            From the beginning.
        power : float
            The chance wanted.

        Notes
        -----
        The range is that of the traffic: what can be shown goes with the root of the users.
        """
        trial, units = self.trial(days), self.units_by(days)
        n = float(units.value)
        found = trial.excludable(n, power) if self.null < 0 else trial.detectable(n, power)
        if found is None:
            return None
        near, far = (found * np.sqrt(units.value / np.maximum(end, 1.0)) for end in (units.high, units.low))
        return Interval(np.array(found), np.minimum(near, far), np.maximum(near, far))

    def days_for(self, lift: float, power: float) -> Span:
        """Return how many days a lift takes until it is shown with a chance.

        Parameters
        ----------
        lift : float
            The lift that is true.
        power : float
            The chance wanted.
        """
        likely, soonest, latest = (self._first_day(end, lift, power) for end in ("value", "high", "low"))
        return Span(likely, soonest, latest)

    def days_to(self, fraction: float, days: int, lift: float) -> int:
        """Return the day on which a part of what is known after so many days is known.

        Parameters
        ----------
        fraction : float
            The part, at most 1.
        days : int
            Of the planned end.
        lift : float
            The lift that is true.

        Notes
        -----
        Users come early and return, so half of the users know less than half.
        """
        low, high, wanted = 0, days, fraction * self._known(days, lift)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._known(middle, lift) >= wanted else (middle, high)
        return high

    def _known(self, days: int, lift: float) -> float:
        return self.trial(days).information(float(self.units_by(days).value), lift)

    def _first_day(self, end: str, lift: float, power: float) -> int | None:
        """Return the first day on which the users of a future suffice, by halving."""

        def suffices(days: int) -> bool:
            units = float(getattr(self.units_by(days), end))
            return self.trial(days).power(max(units, 1.0), lift) >= power

        low, high = 0, MOST_DAYS
        if not suffices(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if suffices(middle) else (middle, high)
        return high

    @cached_property
    def _tuned(self) -> Rule:
        """The rule whose sequence is tuned for as many sessions as users are planned: sessions are its clock."""
        return replace(self.rule, tuned_at=1 / (sum(self.shares) * max(self.traffic.sessions_per_unit, 1.0)))
