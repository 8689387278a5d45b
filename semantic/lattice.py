"""Which cuboids to keep: as many combinations of dimensions as fit a memory budget, chosen without looking at rows."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod

from semantic.catalog import VARIANT

BASE_CELLS = 20_000
"""The base cuboid, which most gestures touch, stays small enough for a processor's cache."""
_PAIR_SHARE = 0.5
"""Part of what is left that one pair of large dimensions may take; the last one may take all."""

Dimensions = tuple[str, ...]
Lattice = tuple[Dimensions, ...]


def choose_lattice(sizes: Mapping[str, int], max_cells: int) -> Lattice:
    """Return the dimensions of each cuboid to keep.

    What matters more comes first, until the budget is spent: (1) the smallest dimensions together, the base cuboid;
    (2) each remaining, large dimension with the whole base, so that it can be seen under any filters on small ones;
    (3) every three dimensions, so that each can be seen under filters on any two others; (4) each pair of large
    dimensions, the smallest pair first, with as much of the base as fits. Large dimensions come first in a cuboid, so
    that a filter on them shrinks it in one pass.

    Parameters
    ----------
    sizes : mapping of str to int
        Number of members of each dimension.
    max_cells : int
        Cells that all cuboids together may hold.

    Returns
    -------
    tuple of tuple of str
        The base cuboid first, the variant first in each. The base may lie inside another cuboid; the others do not.

    Examples
    --------
    >>> choose_lattice({"variant": 2, "device": 3, "day": 10_000, "place": 9_000}, max_cells=100_000)
    (('variant', 'device'), ('variant', 'place', 'device'), ('variant', 'day'))
    """
    names = sorted((name for name in sizes if name != VARIANT), key=lambda name: (sizes[name], name))
    base = _longest((VARIANT,), names, sizes, min(BASE_CELLS, max_cells))
    small, large = [name for name in names if name in base], [name for name in names if name not in base]
    chosen: Lattice = ()
    budget = max_cells - _cells([base], sizes)
    for place, name in enumerate(large):
        reserved = _cells([(VARIANT, later) for later in large[place + 1 :]], sizes)
        cuboid = _longest((VARIANT, name), small, sizes, budget - reserved - _cells(chosen, sizes))
        chosen = _with(chosen, cuboid)
    for triple in sorted(combinations(reversed(names), 3), key=lambda t: _cells([t], sizes)):
        grown = _with(chosen, (VARIANT, *triple))
        if not set(triple) <= set(base) and _cells(grown, sizes) <= budget:
            chosen = grown
    pairs = sorted(combinations(reversed(large), 2), key=lambda pair: _cells([pair], sizes))
    for pair in pairs:
        share = 1.0 if pair == pairs[-1] else _PAIR_SHARE
        chosen = _with(chosen, _widest(pair, small, chosen, (sizes, share * (budget - _cells(chosen, sizes)))))
    return tuple(cuboid for cuboid in (base, *chosen) if cuboid)


def _widest(
    pair: Dimensions, small: Sequence[str], chosen: Lattice, limit: tuple[Mapping[str, int], float]
) -> Dimensions:
    """Return the pair with the longest part of the base that fits, counting the cuboids that it makes needless."""
    sizes, most = limit
    for length in range(len(small), 0, -1):
        cuboid = (VARIANT, *pair, *small[:length])
        if _cells(_with(chosen, cuboid), sizes) - _cells(chosen, sizes) <= most:
            return cuboid
    return ()


def _with(chosen: Lattice, cuboid: Dimensions) -> Lattice:
    """Return the lattice with one more cuboid, less those inside it; as it is where another holds the new one."""
    if any(set(cuboid) <= set(other) for other in chosen):
        return chosen
    return (*(other for other in chosen if not set(other) <= set(cuboid)), cuboid)


def _longest(heads: Dimensions, names: Sequence[str], sizes: Mapping[str, int], max_cells: int) -> Dimensions:
    """Return the heads with the leading names that fit beside them; nothing where the heads alone are too many."""
    fitting = (heads + tuple(names[:length]) for length in range(len(names), -1, -1))
    return next((cuboid for cuboid in fitting if _cells([cuboid], sizes) <= max_cells), ())


def _cells(cuboids: Sequence[Dimensions], sizes: Mapping[str, int]) -> int:
    """Return the number of combinations in all cuboids; one that could not be made has none."""
    return sum(prod(sizes[name] for name in cuboid) for cuboid in cuboids if cuboid)
