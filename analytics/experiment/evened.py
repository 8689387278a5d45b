"""Evened: the variance of the smaller of two variants, where it has too few values to show how far they reach."""

import numpy as np

from analytics.experiment.statistic import Point


def evened(treatment: Point, control: Point) -> tuple[Point, Point]:
    """Return two means or ratios such that their difference is at least as unsure as if both varied alike.

    Parameters
    ----------
    treatment, control : Point
        Independent of each other, broadcast against each other.

    Notes
    -----
    Amounts are mostly 0 and sometimes large. A small variant without a large one has a low mean and a small variance at
    once, so Welch's t calls it worse. With u the variance of one unit, that of the difference is ``u1 / n1 + u2 / n2``,
    and ``u1 / n2 + u2 / n1`` if all units vary alike. What the latter is more, ``(u2 - u1) (1 / n1 - 1 / n2)``, is put
    on the variance of the smaller variant. At equal numbers it is 0; where the smaller variant varies more, nothing is.
    """
    t, c = treatment, control
    with np.errstate(divide="ignore", invalid="ignore"):
        gap, more = c.variance * c.n - t.variance * t.n, 1 / t.n - 1 / c.n
        added = np.nan_to_num(np.maximum(gap * more, 0.0), posinf=0.0)
    return (
        Point(t.value, t.variance + np.where(more > 0, added, 0.0), t.n),
        Point(c.value, c.variance + np.where(more < 0, added, 0.0), c.n),
    )
