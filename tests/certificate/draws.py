"""Cells, what is measured of them, and the random numbers that each has of its own."""

import json
import zlib

import numpy as np

SEED = 5

Value = float | int | str
Row = dict[str, Value]
"""A cell and what was measured of it, by name."""


def key_of(cell: Row) -> str:
    """Return a cell as text."""
    return json.dumps(cell, sort_keys=True)


def generator_of(letter: str, cell: Row) -> np.random.Generator:
    """Return the random numbers of a cell: they depend on it alone, not on the order of work."""
    return np.random.default_rng([SEED, zlib.crc32(f"{letter}{key_of(cell)}".encode())])
