"""Finder: where the sessions of a page stand, found on the row index; values are read only where codes do not tell."""

from functools import partial

import numpy as np
import sqlalchemy as sa

from semantic.catalog import N_SESSIONS, SESSION_ID, USER_ID, Catalog
from semantic.coded_column import CodedColumn, Rank
from semantic.filter import AnyClause, Filter, RangeClause
from semantic.query import Query
from semantic.row_codes import Floats, Places, hashes_of, number_columns
from semantic.row_index import RowIndex
from semantic.schema import ROW_ID
from semantic.selection import CodeTest, Runs, Selection, runs_of_flags
from semantic.snapshot import Snapshot

MAX_CANDIDATES = 100_000
MAX_KEYS = 10_000
_PORTION = 1_000
_NOTHING = np.zeros(0, np.int64)

Also = tuple[str, Runs]
"""A column and the codes that a session must have beside the filter."""


class NotIndexedError(Exception):
    """The index does not answer; SQL must."""


class Finder:
    """Finds sessions of one version.

    Parameters
    ----------
    index : RowIndex
        Their codes.
    snapshot : Snapshot
        The version.
    connection : Connection
        Sees it.
    catalog : Catalog
        The words of the data.
    """

    def __init__(self, index: RowIndex, snapshot: Snapshot, connection: sa.Connection, catalog: Catalog) -> None:
        self._index, self._snapshot, self._connection = index, snapshot, connection
        self._dimension_of = {dimension.column: dimension.name for dimension in catalog.dimensions}
        self._column_of = {dimension.name: dimension.column for dimension in catalog.dimensions}
        self._numbers = number_columns(catalog)

    def count(self, where: Filter) -> int:
        """Return how many sessions a filter keeps; raises NotIndexedError like `row_ids`."""
        return int(self._chunks(where).sum())

    def row_ids(self, where: Filter, sort: tuple[str, bool], first: int, n_rows: int) -> Places:
        """Return the keys of a page's sessions, in order.

        Parameters
        ----------
        where : Filter
            What is kept.
        sort : (str, bool)
            Column, and whether the largest come first.
        first, n_rows : int
            Where the page begins and how large it is.

        Raises
        ------
        NotIndexedError
            Where the codes of a column are absent or too coarse.
        """
        column, is_descending = sort
        if column == ROW_ID:
            places = self._by_arrival(where, is_descending, first, n_rows)
        else:
            places = self._by_column(where, self._column(column).rank(is_descending), column, (first, n_rows))
        return self._index.row_ids(places, self._connection)

    def keys_of(self, text: str) -> list[int]:
        """Return the keys of the sessions of which one may have that session or user id; raises NotIndexedError."""
        table, name = self._snapshot.table, f"hashes.{USER_ID}"
        select = sa.select(table.c[ROW_ID]).where(table.c[SESSION_ID] == text)
        keys = self._connection.execute(select).scalars().all()
        if USER_ID not in table.c:
            return [*keys]
        if not self._index.has(name):
            raise NotIndexedError("users have no hashes")
        code = int(hashes_of([text], 1)[0])
        test = CodeTest(self._index.array(name, self._connection), ((code, code + 1),))
        places = Selection(self._index.n_rows).places(test, limit=MAX_KEYS)
        if places is None:
            raise NotIndexedError("one hash stands for too many sessions")
        return [*keys, *self._index.row_ids(places, self._connection).tolist()]

    def _by_arrival(self, where: Filter, is_descending: bool, first: int, n_rows: int) -> Places:
        counts = self._chunks(where)
        if not is_descending:
            return self._selection(where).slice(counts, first, n_rows)
        last = max(int(counts.sum()) - first, 0)
        begin = max(last - n_rows, 0)
        return self._selection(where).slice(counts, begin, last - begin)[::-1]

    def _by_column(self, where: Filter, rank: Rank, column: str, page: tuple[int, int]) -> Places:
        counts = self._counts(where, column)[rank.order]
        ends = np.cumsum(counts)
        first, last = page[0], min(sum(page), int(ends[-1]))
        if first >= last:
            return _NOTHING
        begin, end = (int(np.searchsorted(ends, place, side="right")) for place in (first, last - 1))
        codes, skipped = rank.order[begin : end + 1], first - int(ends[begin] - counts[begin])
        found = []
        if rank.is_single[codes[0]]:
            found.append(self._same(where, column, int(codes[0]), (skipped, last - first)))
            codes, skipped = codes[1:], 0
        has_tail = len(codes) and rank.is_single[codes[-1]]
        inner = codes[:-1] if has_tail else codes
        found.append(self._mixed(where, column, inner, rank)[skipped:] if len(inner) else _NOTHING)
        if has_tail:
            found.append(self._same(where, column, int(codes[-1]), (0, last - first)))
        return np.concatenate(found)[: last - first]

    def _same(self, where: Filter, column: str, code: int, page: tuple[int, int]) -> Places:
        """Return places of one value, in order of arrival."""
        also = column, ((code, code + 1),)
        return self._selection(where).slice(self._chunks(where, also), *page, self._test(also))

    def _mixed(self, where: Filter, column: str, codes: Places, rank: Rank) -> Places:
        """Return all places of some codes in order; values are read where a code stands for several."""
        flags = np.zeros(len(rank.order), dtype=bool)
        flags[codes] = True
        test = self._test((column, runs_of_flags(flags)))
        places = self._all(self._selection(where), test)
        found = test.codes[places]
        unclear = ~rank.is_single[found]
        values = np.zeros(len(places))
        values[unclear] = rank.sign * self._values(column, places[unclear])
        return places[np.lexsort((places, values, rank.place_of(found)))]

    def _column(self, name: str) -> CodedColumn:
        if not self._index.has(f"codes.{name}"):
            raise NotIndexedError(f"{name} has no codes")
        codes = self._index.array(f"codes.{name}", self._connection)
        cuts = self._index.array(f"cuts.{name}", self._connection) if name in self._numbers else None
        domain = self._snapshot.domains[self._dimension_of[name]] if name in self._dimension_of else None
        return CodedColumn(name, codes, cuts, domain)

    def _test(self, also: Also) -> CodeTest:
        return CodeTest(self._column(also[0]).codes, also[1])

    def _selection(self, where: Filter) -> Selection:
        tests, dropped = [], []
        for clause in where.clauses:
            column = self._column(self._column_of[clause.dimension])
            tests.append(CodeTest(column.codes, column.runs(clause)))
            dropped.append(self._index.memo.get(clause, partial(self._dropped, column, clause)))
        return Selection(self._index.n_rows, tuple(tests), np.unique(np.concatenate([_NOTHING, *dropped])))

    def _dropped(self, column: CodedColumn, clause: AnyClause) -> Places:
        """Return the places whose code a range keeps and whose value it does not."""
        codes = column.partial(clause)
        if not codes or not isinstance(clause, RangeClause):
            return _NOTHING
        every = Selection(self._index.n_rows)
        places = self._all(every, CodeTest(column.codes, tuple((code, code + 1) for code in codes)))
        values = self._values(column.name, places)
        kept = np.ones(len(values), dtype=bool)
        if isinstance(clause.low, float):
            kept &= values >= clause.low
        if isinstance(clause.high, float):
            kept &= values < clause.high
        return places[~kept]

    def _counts(self, where: Filter, column: str) -> Places:
        coded = self._column(column)
        if coded.cuts is None and (known := self._counted(where, column)) is not None:
            return known
        work = partial(self._selection(where).count_codes, coded.codes, coded.n_codes)
        return self._index.memo.get((where, column), work)

    def _counted(self, where: Filter, column: str) -> Places | None:
        """Return how many sessions each member has, where the cube tells."""
        query = Query((N_SESSIONS,), (self._dimension_of[column],), where)
        (answer,) = self._snapshot.cube.answers([query], self._snapshot.version)
        return answer[N_SESSIONS].astype(np.int64) if answer else None

    def _chunks(self, where: Filter, *also: Also) -> Places:
        work = partial(self._selection(where).count_chunks, *map(self._test, also))
        return self._index.memo.get((where, *also), work)

    def _all(self, selection: Selection, test: CodeTest) -> Places:
        places = selection.places(test, limit=MAX_CANDIDATES)
        if places is None:
            raise NotIndexedError("one code stands for too many sessions")
        return places

    def _values(self, column: str, places: Places) -> Floats:
        table = self._snapshot.table
        keys = self._index.row_ids(places, self._connection).tolist()
        found: dict[int, float] = {}
        for start in range(0, len(keys), _PORTION):
            portion = table.c[ROW_ID].in_(keys[start : start + _PORTION])
            select = sa.select(table.c[ROW_ID], table.c[column]).where(portion)
            found |= {row[0]: row[1] for row in self._connection.execute(select)}
        return np.asarray([found[key] for key in keys], dtype=np.float64)
