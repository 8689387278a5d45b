"""Which cuboids to keep: as many combinations of dimensions as fit a memory budget, chosen without looking at rows."""

from collections.abc import Mapping
from itertools import combinations
from math import prod

from semantic.catalog import VARIANT

BASE_CELLS = 20_000
"""The base cuboid, which most gestures touch, stays small enough for a processor's cache."""
_PAIR_SHARE = 0.25


def choose_lattice(sizes: Mapping[str, int], max_cells: int) -> tuple[tuple[str, ...], ...]:
    """Return the dimensions of each cuboid to keep.

    The smallest dimensions make the base cuboid. Each remaining (large) dimension gets a cuboid with as many base
    dimensions as fit, then each pair of large dimensions, within a quarter of what is left. Large dimensions come first
    in a cuboid, so that a filter on them shrinks it in one pass.

    Parameters
    ----------
    sizes : mapping of str to int
        Number of members of each dimension.
    max_cells : int
        Cells that all cuboids together may hold.

    Returns
    -------
    tuple of tuple of str
        The base cuboid comes first, the variant stands first in each. One cuboid may lie inside another.

    Examples
    --------
    >>> choose_lattice({"variant": 2, "device": 3, "day": 10_000, "place": 9_000}, max_cells=100_000)
    (('variant', 'device'), ('variant', 'place', 'device'), ('variant', 'day', 'device'))
    """
    others = sorted((name for name in sizes if name != VARIANT), key=lambda name: (sizes[name], name))
    base = _fitting((VARIANT,), others, sizes, min(BASE_CELLS, max_cells))
    large = [name for name in others if name not in base]
    lattice = [base]
    left = max_cells - _cells(base, sizes)
    wanted = [((name,), 1.0) for name in large] + [(pair, _PAIR_SHARE) for pair in combinations(large, 2)]
    for heads, share in wanted:
        cuboid = _fitting((VARIANT, *heads), [name for name in others if name in base], sizes, int(left * share))
        if cuboid:
            lattice.append(cuboid)
            left -= _cells(cuboid, sizes)
    return tuple(lattice)


def _fitting(heads: tuple[str, ...], names: list[str], sizes: Mapping[str, int], max_cells: int) -> tuple[str, ...]:
    """Return the heads with the leading names that fit beside them; nothing where the heads alone are too many."""
    if _cells(heads, sizes) > max_cells:
        return ()
    kept = heads
    for name in names:
        if _cells((*kept, name), sizes) > max_cells:
            break
        kept = (*kept, name)
    return kept


def _cells(dimensions: tuple[str, ...], sizes: Mapping[str, int]) -> int:
    return prod(sizes[name] for name in dimensions)
