"""Raw numbers and outcomes, summed in bins as the cube does."""

from collections.abc import Sequence

import numpy as np

from analytics.experiment.correlation import BinnedNumber
from analytics.experiment.interval import Floats


def binned(number: Floats, converted: Floats, edges: Sequence[float]) -> BinnedNumber:
    """Return the statistics of samples: a row a sample, a column a session."""
    places = np.searchsorted(edges, number, side="right")

    def sums(values: Floats) -> Floats:
        rows = zip(places, np.broadcast_to(values, number.shape), strict=True)
        return np.stack([np.bincount(at, row, len(edges) + 1) for at, row in rows], axis=1)

    n, n_converted, total = sums(np.ones(1)), sums(converted), sums(number)
    return BinnedNumber(n, n_converted, total, sums(number**2), sums(number * converted), edges[-1])
