"""Contrast: one group against another on one metric, as plain numbers with their intervals."""

from dataclasses import dataclass

from analytics.experiment.interval import Interval

Ends = tuple[float, float, float]
"""Low end, value, high end; NaN where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A treatment against control on one metric, in one segment or in all.

    Attributes
    ----------
    name : str
        What it is of: a variant, a metric or a segment.
    difference : (float, float, float)
        Low end, value and high end, in the metric's unit.
    lift : (float, float, float)
        The same, as a fraction of control.
    is_corrected : bool
        False where the interval leaves out 0 alone, but not after correction for all that is compared beside it: then
        neither better nor worse is shown.
    """

    name: str
    difference: Ends
    lift: Ends
    is_corrected: bool = True

    @property
    def is_better(self) -> bool:
        """True where the whole interval lies above 0, and still does after correction."""
        return self.is_corrected and self.difference[0] > 0

    @property
    def is_worse(self) -> bool:
        """True where the whole interval lies below 0, and still does after correction."""
        return self.is_corrected and self.difference[2] < 0

    @property
    def is_hint(self) -> bool:
        """True where the interval leaves out 0 alone, but not after correction."""
        return not self.is_corrected and (self.difference[0] > 0 or self.difference[2] < 0)

    def is_above(self, bound: float) -> bool:
        """Return whether the whole interval lies above a lift, at most 0; one above no loss lies above any."""
        return self.lift[0] > bound or self.difference[0] > 0

    @classmethod
    def of(cls, name: str, difference: Interval, lift: Interval, place: tuple[int, ...] = ()) -> "Contrast":
        """Return one element of arrays of intervals.

        Parameters
        ----------
        name : str
            What it is of.
        difference, lift : Interval
            Arrays of one shape.
        place : tuple of int
            Which element.
        """
        return cls(name, _ends(difference, place), _ends(lift, place))


def _ends(interval: Interval, place: tuple[int, ...]) -> Ends:
    return float(interval.low[place]), float(interval.value[place]), float(interval.high[place])
