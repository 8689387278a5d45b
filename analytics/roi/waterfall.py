"""Waterfall: what of New's profit comes from visits, conversion, order value, refunds, goods and cost; it closes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.roi.ledger import COLUMNS, Ledger

STEPS = ("visits", "conversion", "order_value", "refunds", "goods", "cost")
_TINY = 1e-100

Means = npt.NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Parts of the incremental profit.

    Attributes
    ----------
    parts : Interval
        Shape (..., 6), in the order of `STEPS`; together they are ``profit``. The first three are the incremental
        revenue. Cost is known, its ends are its value.
    revenue, profit : ndarray of float
        What they add up to.
    """

    parts: Interval
    revenue: Floats
    profit: Floats


def waterfall_of(new: Ledger, old: Ledger, extra_cost: npt.ArrayLike, confidence: float = 0.95) -> Waterfall:
    """Return where the incremental profit of New's users comes from.

    Parameters
    ----------
    new, old : Ledger
        Users who were assigned at random, of one shape.
    extra_cost : array_like
        What New cost more.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    Revenue per user is x y z: sessions per user, orders per session, revenue per order. The effect of x is the mean of
    its effects over all orders in which the three may change (Shapley), ``dx ((y0 z0 + y1 z1) / 3 + (y0 z1 + y1 z0) /
    6)``; the three add up to the difference. Where a variant has no order its order value is that of the other, so that
    all of the difference is conversion's. Intervals are those of the delta method; derivatives are taken along the
    imaginary axis, and so are exact.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the theory of games 2, 307-317.
    Squire, W., Trapp, G. (1998). Using complex variables to estimate derivatives of real functions. SIAM Review 40,
    110-112.
    """
    means = new.moments.means.astype(np.complex128), old.moments.means.astype(np.complex128)
    value = _parts(*means).real
    variance = np.zeros_like(value)
    for place, ledger in enumerate((new, old)):
        gradients = np.stack([_derivative(means, place, column) for column in range(len(COLUMNS))], axis=-1)
        by_part = [ledger.moments.variance_along(gradients[..., part, :]) for part in range(value.shape[-1])]
        variance = variance + np.stack(by_part, axis=-1)
    n = new.n_users[..., None]
    cost = np.broadcast_to(np.asarray(extra_cost, dtype=np.float64), new.n_users.shape)[..., None]
    value = np.concatenate([value * n, -cost], axis=-1)
    half = np.concatenate([normal_quantile(confidence) * np.sqrt(variance) * n, np.zeros_like(cost)], axis=-1)
    return Waterfall(Interval(value, value - half, value + half), value[..., :3].sum(axis=-1), value.sum(axis=-1))


def _parts(new: Means, old: Means) -> Means:
    """Return the parts of the margin per user, New less Old, from means per user."""
    x, y, z = ((_factors(new, old)[k], _factors(old, new)[k]) for k in range(3))
    refunds, goods = (old[..., k] - new[..., k] for k in (3, 4))
    return np.stack([_share(x, y, z), _share(y, x, z), _share(z, x, y), refunds, goods], axis=-1)


def _factors(own: Means, other: Means) -> tuple[Means, Means, Means]:
    """Return sessions per user, orders per session and revenue per order."""
    sessions, orders = own[..., 0], own[..., 1]
    of_other = _ratio(other[..., 2], other[..., 1])
    order_value = np.where(orders != 0, _ratio(own[..., 2], orders), of_other)
    return sessions, _ratio(orders, sessions), order_value


def _ratio(numerator: Means, denominator: Means) -> Means:
    """Return a ratio; 0 where there is nothing to divide by."""
    exists = denominator != 0
    return np.asarray(np.where(exists, numerator, 0) / np.where(exists, denominator, 1))


def _share(x: tuple[Means, Means], y: tuple[Means, Means], z: tuple[Means, Means]) -> Means:
    """Return Shapley's effect of x on x y z; each is (new, old)."""
    alike, crossed = y[0] * z[0] + y[1] * z[1], y[0] * z[1] + y[1] * z[0]
    return np.asarray((x[0] - x[1]) * (alike / 3 + crossed / 6))


def _derivative(means: tuple[Means, Means], place: int, column: int) -> Floats:
    """Return the derivatives of all parts by one mean of one variant."""
    moved = [part.copy() for part in means]
    moved[place][..., column] += 1j * _TINY
    return np.asarray(_parts(*moved).imag / _TINY)
