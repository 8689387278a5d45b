"""Row codes: a column as small numbers that keep its order, so that pages are found without reading the column."""

import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from semantic.catalog import Catalog

Floats = npt.NDArray[np.float64]
AnyCodes = npt.NDArray[Any]
Places = npt.NDArray[np.int64]

_N_CUTS = 16_000
_MAX_CODES = 65_536


def number_columns(catalog: Catalog) -> tuple[str, ...]:
    """Return the columns that are coded by value."""
    return tuple(c.name for c in catalog.columns if c.type in ("number", "integer", "flag", "timestamp"))


def member_columns(catalog: Catalog) -> dict[str, str]:
    """Return the columns that are coded by the place of their member, each with its dimension."""
    return {d.column: d.name for d in catalog.dimensions if not d.is_binned}


def value_columns(catalog: Catalog) -> tuple[str, ...]:
    """Return the columns of which the exact values are kept: what measures are made of, and bins."""
    used = {name for measure in catalog.measures for name, _ in measure.factors}
    used |= {dimension.column for dimension in catalog.dimensions if dimension.is_binned}
    return tuple(name for name in number_columns(catalog) if name in used)


def cuts_of(values: Floats, given: Iterable[float] = ()) -> Floats:
    """Return ascending cuts between which about equally many values lie.

    Parameters
    ----------
    values : ndarray of float
        A sample; NaN is passed over.
    given : iterable of float
        Cuts that must be among them.

    Returns
    -------
    ndarray of float
        After each cut stands the next larger number, so that a frequent value has a code of its own.
    """
    present = np.unique(values[np.isfinite(values)])
    if len(present) > _N_CUTS:
        ranked = np.sort(values[np.isfinite(values)])
        present = np.unique(ranked[np.linspace(0, len(ranked) - 1, _N_CUTS).astype(np.int64)])
    cuts = np.union1d(present, np.asarray([*given], dtype=np.float64))
    return np.union1d(cuts, np.nextafter(cuts, np.inf))


def codes_of(values: Floats, cuts: Floats) -> AnyCodes:
    """Return the code of each value: how many cuts are at most as large; missing values have the largest code."""
    codes = np.searchsorted(cuts, values, side="right").astype(code_type(len(cuts) + 2))
    codes[np.isnan(values)] = len(cuts) + 1
    return codes


def code_type(n_codes: int) -> type[np.uint8] | type[np.uint16]:
    """Return the smallest type that holds so many codes."""
    return np.uint8 if n_codes <= np.iinfo(np.uint8).max + 1 else np.uint16


def can_be_coded(n_codes: int) -> bool:
    """Return whether a column with so many members has codes."""
    return n_codes <= _MAX_CODES


def single_valued(cuts: Floats) -> npt.NDArray[np.bool_]:
    """Return which codes stand for one value alone, missing included."""
    alone = np.zeros(len(cuts) + 2, dtype=bool)
    alone[1 : len(cuts)] = cuts[1:] == np.nextafter(cuts[:-1], np.inf)
    alone[-1] = True
    return alone


def hashes_of(ids: Iterable[str], n_ids: int) -> AnyCodes:
    """Return two bytes of a hash of each id, so that few sessions need be read to find one.

    Parameters
    ----------
    ids : iterable of str
        Such as user ids.
    n_ids : int
        How many there are.
    """
    return np.fromiter(map(zlib.crc32, map(str.encode, ids)), np.uint32, n_ids).astype(np.uint16)


def runs_of(row_ids: Places, n_before: int) -> Places:
    """Return (place, row_id) of each row that does not follow on the one before, shape (n, 2).

    Parameters
    ----------
    row_ids : ndarray of int
        Ascending.
    n_before : int
        Rows before them.
    """
    starts = np.flatnonzero(np.diff(row_ids, prepend=row_ids[:1] - 2) != 1)
    return np.stack([starts + n_before, row_ids[starts]], axis=1)


def row_ids_of(places: Places, runs: Places) -> Places:
    """Return the row_id of each place."""
    found = runs[np.searchsorted(runs[:, 0], places, side="right") - 1]
    return np.asarray(found[:, 1] + places - found[:, 0], dtype=np.int64)
