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
    (('variant', 'device'), ('variant', 'place', 'device'), ('variant', 'day'))
    """
    others = sorted((name for name in sizes if name != VARIANT), key=lambda name: (sizes[name], name))
    base = _fitting((VARIANT,), others, sizes, min(BASE_CELLS, max_cells))
    large = [name for name in others if name not in base]
    lattice = [base]
    left = max_cells - _cells(base, sizes)
    for place, name in enumerate(large):
        reserved = sum(_cells((VARIANT, later), sizes) for later in large[place + 1 :])
        lattice.append(_fitting((VARIANT, name), others[: len(base) - 1], sizes, left - reserved))
        left -= _cells(lattice[-1], sizes)
    for pair in combinations(large, 2):
        lattice.append(_fitting((VARIANT, *pair), others[: len(base) - 1], sizes, int(left * _PAIR_SHARE)))
        left -= _cells(lattice[-1], sizes)
    return tuple(cuboid for cuboid in lattice if cuboid)


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
    """Return the number of combinations; a cuboid that could not be made has none."""
    return bool(dimensions) * prod(sizes[name] for name in dimensions)
