"""Growth: how fast a comparison learns as days go by, where the same users come back."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats
from analytics.experiment.power.pace import MOST_DAYS, Pace, Span

_RECENT = 28


@dataclass(frozen=True)
class Growth:
    """What is known of the traffic of a comparison that runs.

    Attributes
    ----------
    pace : Pace
        New users by day, to the last one.
    daily : ndarray of float
        Sessions of each day, to the same one.
    repeats : float
        Sessions of the user behind an average session, ``sum b² / sum b``; 1 where nobody comes back.
    likeness : float or None
        Correlation of two sessions of one user (intra-class), from 0 to 1; None where what is compared is known per
        user alone, so that only new users tell anything.

    Notes
    -----
    S sessions are worth ``S / (1 + (m - 1) rho)`` independent ones (Kish), m the repeats and rho the likeness. As days
    go by, S grows as in the last four weeks and m as sessions per user do.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley.
    """

    pace: Pace
    daily: Floats
    repeats: float = 1.0
    likeness: float | None = None

    @classmethod
    def clustered(cls, pace: Pace, daily: Floats, repeats: float, design_effect: float) -> "Growth":
        """Return the growth of a rate per session.

        Parameters
        ----------
        pace, daily, repeats
            As of the class.
        design_effect : float
            How many times its variance is that of independent sessions.
        """
        likeness = (design_effect - 1) / (repeats - 1) if repeats > 1 else 0.0
        return cls(pace, daily, repeats, float(np.clip(likeness, 0.0, 1.0)))

    def days_for(self, multiple: float) -> Span:
        """Return after how many days so many times as much is known as now.

        Parameters
        ----------
        multiple : float
            Of the information that is there.
        """
        if multiple <= 1:
            return Span(0, 0, 0)
        return Span(*(_first(self._known(end), multiple) for end in ("value", "high", "low")))

    def sessions_after(self, days: int) -> float:
        """Return how many sessions come in so many days, if they come as in the last four weeks."""
        return float(self._rate("value") * days)

    def _known(self, end: str) -> Floats:
        """Return information after each day by that of now."""
        days = np.arange(MOST_DAYS + 1)
        units = getattr(self.pace.units_by(self.pace.last_day + days), end)
        if not (units.size and units[0] > 0 and self.daily.sum() > 0):
            return np.ones(days.size)
        units = units / units[0]
        if self.likeness is None:
            return np.asarray(units)
        sessions = 1 + self._rate(end) * days / self.daily.sum()
        repeats = np.maximum(self.repeats * sessions / units, 1.0)
        worth = sessions / (1 + (repeats - 1) * self.likeness)
        return np.asarray(worth * (1 + (self.repeats - 1) * self.likeness))

    def _rate(self, end: str) -> float:
        """Return sessions a day, or an end of their range."""
        recent = self.daily[-_RECENT:]
        error = float(recent.std(ddof=1) / np.sqrt(recent.size)) if recent.size > 1 else 0.0
        return max(float(recent.mean()) + {"value": 0.0, "high": 2.0, "low": -2.0}[end] * error, 0.0)


def _first(known: Floats, multiple: float) -> int | None:
    reached: npt.NDArray[np.intp] = np.flatnonzero(known >= multiple)
    return int(reached[0]) if reached.size else None
