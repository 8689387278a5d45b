"""Root: where increasing functions are 0, all elements at once, from a guess and in cheap steps."""

from collections.abc import Callable
from typing import Any

import numpy as np

from analytics.experiment.interval import Floats

Pair = tuple[Floats, Floats]

_CLOSE = 4 * float(np.finfo(np.float64).eps)
_TINY = float(np.finfo(np.float64).smallest_normal)
_MOST_STEPS = 2_000
_WIDER = 4.0


def root_near(
    excess: Callable[..., Floats], guess: Pair, limits: Pair, args: tuple[Any, ...] = (), enough: float = _TINY
) -> Floats:
    """Return where an increasing function is 0, element by element; NaN where it is not between the limits.

    Parameters
    ----------
    excess : callable
        From places and arguments of shape (k,) to values of the same shape; called for the elements that are left.
    guess : (ndarray of float, ndarray of float), each of shape (n,)
        Between these the roots are likely to be; where they are not, it goes on towards the limits.
    limits : (ndarray of float, ndarray of float), each of shape (n,)
        Between these the roots are, if anywhere.
    args : tuple of ndarray, each of shape (n,)
        What else the function takes.
    enough : float
        Absolute value of the function that is as good as 0.

    Notes
    -----
    Chandrupatla's method: inverse quadratic interpolation where that is safe, else bisection, until the ends are four
    units of the last place apart; as `scipy.optimize.elementwise.find_root`, whose steps cost more than what they ask.

    References
    ----------
    Chandrupatla, T. R. (1997). A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
    without using derivatives. Advances in Engineering Software 28, 145-149.
    """
    near, far = _around(excess, guess, limits, args)
    third = near
    found, places = np.full(near.shape[1], np.nan), np.arange(near.shape[1])
    for step in range(_MOST_STEPS):
        best = np.where(np.abs(near[1]) < np.abs(far[1]), near, far)
        gap, close = np.abs(far[0] - near[0]), np.abs(best[0]) * _CLOSE + 4 * _TINY
        is_lost = ~(np.sign(near[1]) * np.sign(far[1]) <= 0)
        is_over = is_lost | (np.abs(best[1]) <= enough) | (gap < close)
        if is_over.any():
            found[places[is_over]] = np.where(is_lost, np.nan, best[0])[is_over]
            near, far, third, places, gap, close, *args = (  # type: ignore[assignment]
                each[..., ~is_over] for each in (near, far, third, places, gap, close, *args)
            )
            if not places.size:
                break
        share = _share(near, far, third, close / gap / 2) if step else near[1] / (near[1] - far[1])
        at = near[0] + share * (far[0] - near[0])
        new = np.stack([at, excess(at, *args)])
        is_same = np.sign(new[1]) == np.sign(near[1])
        near, far, third = new, np.where(is_same, far, near), np.where(is_same, near, far)
    return found


def _share(near: Floats, far: Floats, third: Floats, least: Floats) -> Floats:
    """Return how far from near to far the next place is: by the parabola through three places, or half."""
    (x1, f1), (x2, f2), (x3, f3) = near, far, third
    with np.errstate(divide="ignore", invalid="ignore"):
        xi, phi = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
        is_safe = (1 - np.sqrt(1 - xi) < phi) & (phi < np.sqrt(xi))
        bent = f1 / (f1 - f2) * f3 / (f3 - f2) - (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f2 - f3)
    return np.clip(np.where(is_safe, bent, 0.5), least, 1 - least)


def _around(excess: Callable[..., Floats], guess: Pair, limits: Pair, args: tuple[Any, ...]) -> tuple[Floats, Floats]:
    """Return places below and above the roots with their values, going on from where the guess does not hold them."""
    low, high = (np.clip(end, *limits) for end in guess)
    below, above = (np.stack([end, excess(end, *args)]) for end in (low, high))
    step = np.maximum(high - low, np.abs(low) * _CLOSE + _TINY)
    while True:
        step = step * _WIDER
        is_down = (below[1] > 0) & (below[0] > limits[0])
        is_up = ~is_down & (above[1] < 0) & (above[0] < limits[1])
        moved = np.flatnonzero(is_down | is_up)
        if not moved.size:
            return below, above
        at = np.clip(np.where(is_up, above[0] + step, below[0] - step), *limits)[moved]
        new = np.stack([at, excess(at, *(each[moved] for each in args))])
        is_down, was_below, was_above = is_down[moved], below[:, moved], above[:, moved]
        below[:, moved], above[:, moved] = np.where(is_down, new, was_above), np.where(is_down, was_below, new)
