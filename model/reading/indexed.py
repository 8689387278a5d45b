"""All sessions as cells, counted from the row index: small numbers in files, which is faster than any SQL."""

import zlib
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from model.examples import OTHER, Feature, Floats
from semantic.catalog import CONVERTED, MISSING
from semantic.row_codes import AnyCodes, single_valued
from semantic.row_index import RowIndex
from semantic.snapshot import Snapshot
from semantic.store import Store

_MOST_CELLS = 4_000_000
_PORTION = 1_000_000


def indexed_cells(
    store: Store, connection: sa.Connection, snapshot: Snapshot, features: tuple[Feature, ...]
) -> Floats | None:
    """Return sessions, conversions and values of each cell, or None where the row index cannot tell.

    Parameters
    ----------
    store : Store
        Whose shelf the index is unpacked to.
    connection : Connection
        Sees the version.
    snapshot : Snapshot
        The version.
    features : tuple of Feature
        What cells are of.
    """
    try:
        index = store.rows.index(snapshot, connection)
        if index is None:
            return None
        outcome = _number(CONVERTED, index, connection)
        columns = [_coded(feature, snapshot, index, connection) for feature in features]
    except (OSError, ValueError, KeyError, zlib.error):
        return None
    return counted(outcome, columns)


class Coded(NamedTuple):
    """The codes of one column.

    Attributes
    ----------
    codes : ndarray of int, shape (n,)
        One for each session.
    values : ndarray of float
        What each code stands for.
    is_exact : ndarray of bool
        Which codes stand for one value alone.
    """

    codes: AnyCodes
    values: Floats
    is_exact: AnyCodes


def counted(outcome: Coded, columns: list[Coded]) -> Floats | None:
    """Return sessions, conversions and values of each cell, or None where codes are not exact or cells too many.

    Parameters
    ----------
    outcome : Coded
        0 and 1.
    columns : list of Coded
        What cells are of.
    """
    parts = [outcome, *columns]
    used = [np.flatnonzero(np.bincount(part.codes, minlength=len(part.values))) for part in parts]
    sizes = [len(codes) for codes in used]
    is_exact = all(part.is_exact[codes].all() for part, codes in zip(parts, used, strict=True))
    if not is_exact or np.prod([float(size) for size in sizes]) > _MOST_CELLS:
        return None
    sums = _sums(parts, used, sizes)
    rate = outcome.values[used[0]]
    n, n_converted = sums.sum(axis=0), rate @ sums
    kept = np.flatnonzero(n)
    places = np.unravel_index(kept, sizes[1:]) if columns else ()
    found = [part.values[codes[at]] for part, codes, at in zip(columns, used[1:], places, strict=True)]
    return np.column_stack([n[kept], n_converted[kept], *found])


def _sums(parts: list[Coded], used: list[AnyCodes], sizes: list[int]) -> Floats:
    """Return the sessions of each outcome in each cell."""
    tables = [np.zeros(len(part.values), np.int64) for part in parts]
    stride = 1
    for table, codes, size in zip(reversed(tables), reversed(used), reversed(sizes), strict=True):
        table[codes] = np.arange(size) * stride
        stride *= size
    sums = np.zeros(stride, dtype=np.float64)
    for start in range(0, len(parts[0].codes), _PORTION):
        place = np.zeros(min(_PORTION, len(parts[0].codes) - start), np.int64)
        for table, part in zip(tables, parts, strict=True):
            place += table[part.codes[start : start + _PORTION]]
        sums += np.bincount(place, minlength=stride)
    return sums.reshape(sizes[0], -1)


def _coded(feature: Feature, snapshot: Snapshot, index: RowIndex, connection: sa.Connection) -> Coded:
    domain = snapshot.domains[feature.name]
    if feature.kind == "number":
        return _number(domain.dimension.column, index, connection)
    code_of = {member: float(code) for code, member in enumerate(feature.members)}
    other = code_of.get(OTHER, np.nan)
    values = [np.nan if member == MISSING else code_of.get(member, other) for member in domain.members]
    codes = index.array(f"codes.{domain.dimension.column}", connection)
    return Coded(codes, np.array(values), np.ones(len(values), dtype=bool))


def _number(column: str, index: RowIndex, connection: sa.Connection) -> Coded:
    cuts = index.array(f"cuts.{column}", connection)
    values = np.concatenate([[np.nan], cuts, [np.nan]])
    return Coded(index.array(f"codes.{column}", connection), values, single_valued(cuts))
