"""Simplified: a curve with few points that lies as near as it can to one with many."""

from heapq import heappop, heappush

import numpy as np

from model.examples import Floats, Whole

N_POINTS = 200


def simplified(x: Floats, y: Floats, n_points: int = N_POINTS) -> Whole:
    """Return which points to keep, ascending: first, last, and one by one that which lies farthest from the line.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        The curve, in order.
    n_points : int
        Most points.

    References
    ----------
    Douglas, D. H., Peucker, T. K. (1973). Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature. Cartographica 10, 112-122.
    """
    if len(x) <= 2:
        return np.arange(len(x))
    kept = [0, len(x) - 1]
    heap: list[tuple[float, int, int, int]] = []
    _add(heap, (x, y), 0, len(x) - 1)
    while heap and len(kept) < n_points:
        _, place, start, end = heappop(heap)
        kept.append(place)
        _add(heap, (x, y), start, place)
        _add(heap, (x, y), place, end)
    return np.sort(np.array(kept))


def _add(heap: list[tuple[float, int, int, int]], curve: tuple[Floats, Floats], start: int, end: int) -> None:
    """Put the farthest point between two kept ones on the heap, if any lies off their line."""
    if end - start < 2:
        return
    x, y = (axis[start : end + 1] for axis in curve)
    across, up = x[-1] - x[0], y[-1] - y[0]
    distance = np.abs(across * (y - y[0]) - up * (x - x[0])) / max(float(np.hypot(across, up)), 1e-300)
    if not (across or up):
        distance = np.hypot(x - x[0], y - y[0])
    farthest = int(np.argmax(distance))
    if distance[farthest] > 1e-9:
        heappush(heap, (-float(distance[farthest]), start + farthest, start, end))
