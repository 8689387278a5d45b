"""UnitAnswers: sums over units from the row index, several queries in one pass, or by SQL where there is none."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from threading import Lock

import sqlalchemy as sa

from semantic.catalog import Catalog
from semantic.filter import Filter
from semantic.finder import NotIndexedError
from semantic.row_codes import Floats
from semantic.row_index import IndexReader, RowIndex
from semantic.snapshot import Snapshot
from semantic.unit_axes import members_of
from semantic.unit_chunk import UnitChunk
from semantic.unit_rows import UnitRows
from semantic.unit_select import UnitReader
from semantic.unit_sums import UnitSums, quantile_of, sums_of
from semantic.units import UnitAnswer, UnitColumn, UnitQuery

_MAX_KEPT = 40_000
"""Numbers in an answer that is remembered."""


class UnitAnswers:
    """Answers unit queries.

    Parameters
    ----------
    reader : IndexReader
        Finds the row index of a version.
    catalog : Catalog
        What words mean.
    """

    def __init__(self, reader: IndexReader, catalog: Catalog) -> None:
        self._reader, self._catalog = reader, catalog
        self._lock = Lock()

    def answers(
        self, queries: Sequence[UnitQuery], snapshot: Snapshot, connection: sa.Connection
    ) -> dict[UnitQuery, UnitAnswer]:
        """Return the answer to each query over a version that the connection sees; one filter at a time."""
        index = self._reader.index(snapshot, connection) if queries else None
        found: dict[UnitQuery, UnitAnswer] = {}
        if index:
            with suppress(NotIndexedError, OSError, ValueError, zlib.error), self._lock:
                rows = UnitRows(index, snapshot, connection, self._catalog)
                for _, alike in groupby(sorted(queries, key=_filter_of), key=_filter_of):
                    found |= self._indexed(list(dict.fromkeys(alike)), index, rows, snapshot)
        for query in queries:
            if query not in found:
                reader = UnitReader(query, self._catalog, snapshot.domains, snapshot.table)
                found[query] = reader.answer(connection, snapshot.version)
        return found

    def _indexed(
        self, queries: list[UnitQuery], index: RowIndex, rows: UnitRows, snapshot: Snapshot
    ) -> dict[UnitQuery, UnitAnswer]:
        """Return the answers to queries of one filter."""
        known = {query: index.sums.recall(query) for query in queries}
        asked = [query for query, answer in known.items() if answer is None]
        if asked:
            known |= self._counted(asked, index, rows, snapshot)
        return known

    def _counted(
        self, queries: list[UnitQuery], index: RowIndex, rows: UnitRows, snapshot: Snapshot
    ) -> dict[UnitQuery, UnitAnswer]:
        caps = self._caps(queries, index, rows)
        axes = [members_of(query, snapshot.domains) for query in queries]
        works = [self._work(query, members, caps) for query, members in zip(queries, axes, strict=True)]
        n_crossed = n_without_user = 0
        for chunk in self._chunks(queries[0].where, rows):
            n_crossed += chunk.n_crossed
            n_without_user += chunk.n_without_user
            for work in works:
                work.add(chunk)
        found = {}
        for query, work, members in zip(queries, works, axes, strict=True):
            sums = work.n(), work.totals(), work.products()
            counted = n_crossed, work.caps, n_without_user
            found[query] = UnitAnswer(query.by, members, *sums, snapshot.version, "index", *counted)
            if found[query].products.size <= _MAX_KEPT:
                index.sums.keep(query, found[query])
        return found

    def _work(
        self, query: UnitQuery, members: Mapping[str, tuple[str, ...]], caps: Mapping[UnitColumn, float]
    ) -> UnitSums:
        sizes = tuple(map(len, members.values()))
        mine = {column.name: caps[_unnamed(column)] for column in query.columns if column.cap_quantile}
        return UnitSums(query, sizes, mine, self._catalog)

    def _caps(self, queries: list[UnitQuery], index: RowIndex, rows: UnitRows) -> dict[UnitColumn, float]:
        """Return where each capped column is cut off, from a pass of their own over the units of the filter."""
        where = queries[0].where
        wanted = dict.fromkeys(_unnamed(c) for query in queries for c in query.columns if c.cap_quantile)
        known = {column: index.sums.recall((where, column)) for column in wanted}
        positive: dict[UnitColumn, list[Floats]] = {column: [] for column, cap in known.items() if cap is None}
        for chunk in self._chunks(where, rows) if positive else ():
            groups = chunk.groups((), ())
            for column, found in positive.items():
                sums = sums_of(column, self._catalog.measure(column.measure), chunk, groups)
                found.append(sums[sums > 0])
        for column, found in positive.items():
            known[column] = quantile_of(found, column.cap_quantile or 1.0)
            index.sums.keep((where, column), known[column])
            found.clear()
        return known

    def _chunks(self, where: Filter, rows: UnitRows) -> Iterator[UnitChunk]:
        tests, start = [rows.test(clause) for clause in where.clauses], rows.day_of(self._catalog.experiment.started_on)
        for part in rows.chunks():
            yield UnitChunk(rows, part, tests, start)


def _filter_of(query: UnitQuery) -> str:
    return query.where.to_query()


def _unnamed(column: UnitColumn) -> UnitColumn:
    return UnitColumn("", column.measure, False, column.cap_quantile, column.is_before)
