"""Drawn journeys for the tests of credit, and the toys of papers and posts."""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from analytics.attribution.paths import Paths, codes_of, paths_of

NAMES = ("a", "b", "c")


def table(rows: dict[str, tuple[float, float]]) -> Paths:
    """Return paths from a table of text, such as ``{"a > b": (conversions, journeys without)}``."""
    codes, _ = codes_of(list(rows))
    converted = [row[0] for row in rows.values()]
    return paths_of(codes, converted, counts=[sum(row) for row in rows.values()])


@st.composite
def drawn_paths(draw: st.DrawFn, most_touches: int = 6) -> Paths:
    """Draw paths of up to five channels, some without a touch, some that never convert."""
    journeys = draw(st.lists(st.lists(st.integers(0, 4), max_size=most_touches), min_size=1, max_size=12))
    n = len(journeys)
    few = st.lists(st.integers(0, 5), min_size=n, max_size=n)
    converted, others = (np.array(draw(few), dtype=float) for _ in range(2))
    worth = np.array(draw(st.lists(st.floats(0, 100), min_size=n, max_size=n)))
    ages = [draw(st.lists(st.floats(0, 50), min_size=len(j), max_size=len(j))) for j in journeys]
    return paths_of(journeys, converted, converted * worth, converted + others, ages)


def random_paths(n: int, n_channels: int, seed: int) -> Paths:
    """Return seeded journeys with ages, a tenth of which convert."""
    rng = np.random.default_rng(seed)
    lengths = rng.geometric(0.35, n)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    channels = (rng.random(offsets[-1]) ** 2 * n_channels).astype(np.int64)
    converted = (rng.random(n) < 0.1).astype(float)
    value = converted * rng.lognormal(3, 1, n)
    return Paths(channels, offsets, np.ones(n), converted, value, n_channels, rng.exponential(5.0, offsets[-1]))


def lists_of(paths: Paths) -> list[tuple[int, ...]]:
    """Return the channels of each path."""
    return [tuple(paths.channels[begin:end].tolist()) for begin, end in pairwise(paths.offsets)]
