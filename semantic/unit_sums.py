"""UnitSums: units, sums and products of a query, added up chunk by chunk."""

import numpy as np

from semantic.catalog import Catalog, Measure
from semantic.row_codes import Floats, Places
from semantic.unit_chunk import Groups, UnitChunk
from semantic.units import UnitColumn, UnitQuery

_CELL_COST = 5_000
"""Products that cost as much as a call for one more cell."""


class UnitSums:
    """Adds up one query.

    Parameters
    ----------
    query : UnitQuery
        What is summed.
    sizes : tuple of int
        Members of each axis.
    caps : mapping of str to float
        Where columns are cut off, by name.
    catalog : Catalog
        What its measures are.
    """

    def __init__(self, query: UnitQuery, sizes: tuple[int, ...], caps: dict[str, float], catalog: Catalog) -> None:
        self.query, self.caps = query, caps
        self._sizes, self._catalog = sizes, catalog
        self._n_cells = int(np.prod(sizes, dtype=np.int64))
        self._matrix = np.zeros((self._n_cells, len(query.columns) + 1, len(query.columns) + 1))
        self._rows = np.ones((len(query.columns) + 1, 0))

    def add(self, chunk: UnitChunk) -> None:
        """Add the units of a chunk."""
        groups = chunk.groups(self.query.by, self._sizes)
        if not len(groups):
            return
        if len(groups) > self._rows.shape[1]:
            self._rows = np.ones((len(self.query.columns) + 1, len(groups) * 5 // 4))
        rows = self._rows[:, : len(groups)]
        for row, column in zip(rows[1:], self.query.columns, strict=True):
            row[:] = self._values(column, chunk, groups)
        self._multiply(rows, groups)

    def n(self) -> Floats:
        """Return the units in each group."""
        return self._matrix[:, 0, 0].reshape(self._sizes).copy()

    def totals(self) -> Floats:
        """Return the sums of each column."""
        return self._matrix[:, 0, 1:].reshape(*self._sizes, -1).copy()

    def products(self) -> Floats:
        """Return the sums of products of each two columns."""
        k = len(self.query.columns)
        return self._matrix[:, 1:, 1:].reshape(*self._sizes, k, k).copy()

    def _values(self, column: UnitColumn, chunk: UnitChunk, groups: Groups) -> Floats:
        sums = sums_of(column, self._catalog.measure(column.measure), chunk, groups)
        if column.is_any:
            return (sums > 0).astype(np.float64)
        return np.minimum(sums, self.caps[column.name]) if column.name in self.caps else sums

    def _multiply(self, rows: Floats, groups: Groups) -> None:
        counts = np.bincount(groups.cell, minlength=self._n_cells)
        used, last = np.flatnonzero(counts), np.cumsum(counts)
        n_pairs = len(rows) * (len(rows) + 1) // 2
        if len(used) * _CELL_COST > n_pairs * len(groups):
            self._multiply_runs(rows, used, last[used] - counts[used])
            return
        for cell in used.tolist():
            units = rows[:, last[cell] - counts[cell] : last[cell]]
            self._matrix[cell] += units @ units.T

    def _multiply_runs(self, rows: Floats, used: Places, starts: Places) -> None:
        """Add the products of cells whose units begin at these places."""
        for i in range(len(rows)):
            found = np.add.reduceat(rows[i:] * rows[i], starts, axis=1).T
            self._matrix[used, i, i:] += found
            self._matrix[used, i + 1 :, i] += found[:, 1:]


def sums_of(column: UnitColumn, measure: Measure, chunk: UnitChunk, groups: Groups) -> Floats:
    """Return a column's sum over each group, before it is cut off or counted.

    Parameters
    ----------
    column : UnitColumn
        What is summed.
    measure : Measure
        Its measure.
    chunk : UnitChunk
        Whose units.
    groups : Groups
        Their groups.
    """
    return chunk.sums_before(measure, groups) if column.is_before else chunk.sums(measure, groups)


def quantile_of(sums: list[Floats], level: float) -> float:
    """Return the quantile of the positive sums, 0 where there are none; as `numpy.quantile` defines it.

    Parameters
    ----------
    sums : list of ndarray of float
        Positive sums, in portions.
    level : float
        In [0, 1].
    """
    every = np.concatenate([np.zeros(0), *sums])
    if not len(every):
        return 0.0
    place = level * (len(every) - 1)
    low, high = int(place), min(int(place) + 1, len(every) - 1)
    every.partition([low, high])
    return float(every[low] + (every[high] - every[low]) * (place - low))
