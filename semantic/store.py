"""Store: the one place that reads sessions; answers from the cube when it covers the query, else by SQL."""

import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import overload

import numpy as np
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import database_name
from semantic.domain import check_range
from semantic.errors import StoreError
from semantic.filter import AnyClause, Clause, Filter, FilterError, RangeClause
from semantic.query import Answer, Query, edges_of, place_of, to_select
from semantic.row_index import IndexReader
from semantic.schema import SNAPSHOTS, sessions_table
from semantic.shelf import Shelf
from semantic.snapshot import Snapshot, packed_cube, read_cube
from semantic.unit_answers import UnitAnswers
from semantic.unit_axes import check_units
from semantic.units import AnyAnswer, AnyQuery, UnitAnswer, UnitQuery

_AWAY_S = 4.0
"""How much longer the last version is served, unasked, once the database did not answer."""


class Store:
    """Answers queries over the newest version of the data.

    Parameters
    ----------
    engine : Engine
        Where the tables are; only read from.
    catalog : Catalog
        What the words mean; must be the one that the data was loaded with.
    check_every_s : float
        How long a version may be served before the database is asked for a newer one.
    probe : Engine, optional
        Asked for the newest version; the same database with less patience. Default: ``engine``.
    shelf : Shelf, optional
        Where the processes of one server share their cubes; default: each keeps its own.

    Attributes
    ----------
    rows : IndexReader
        Finds the row index of a version.
    """

    def __init__(
        self,
        engine: sa.Engine,
        catalog: Catalog,
        check_every_s: float = 1.0,
        probe: sa.Engine | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.engine = engine
        self.probe = probe or engine
        self.shelf = shelf
        self.catalog = catalog
        self.rows = IndexReader(shelf)
        self._units = UnitAnswers(self.rows, catalog)
        self._check_every_s = check_every_s
        self._checked_at = -float("inf")
        self._snapshot: Snapshot | None = None
        self._lock = Lock()

    def snapshot(self) -> Snapshot:
        """Return the newest version; while the database is away, the last one that was read.

        Raises
        ------
        StoreError
            Where nothing was ever read: no database, no data, or data of another configuration.
        """
        current = self._snapshot
        is_fresh = time.monotonic() - self._checked_at < self._check_every_s
        if current and (is_fresh or not self._lock.acquire(blocking=False)):
            return current
        if not current:
            self._lock.acquire()
        try:
            return self._refresh() if self._snapshot is current else self._snapshot or self._refresh()
        finally:
            self._lock.release()

    def version(self) -> int:
        """Return the number of the newest version."""
        return self.snapshot().version

    def ping(self) -> int:
        """Return the newest version's number, asked of the database now; raises StoreError where it is away."""
        with self._reading(self.probe) as connection:
            return int(self._newest(connection).version)

    def disconnect(self) -> None:
        """Close every connection, as must be done before a fork; new ones are made when they are needed."""
        self.engine.dispose()
        self.probe.dispose()

    @overload
    def answer(self, query: Query) -> Answer: ...

    @overload
    def answer(self, query: UnitQuery) -> UnitAnswer: ...

    def answer(self, query: AnyQuery) -> AnyAnswer:
        """Return the sums that the query asks for; see `answers`."""
        return self.answers([query])[0]

    @overload
    def answers(self, queries: Sequence[Query]) -> Sequence[Answer]: ...

    @overload
    def answers(self, queries: Sequence[UnitQuery]) -> Sequence[UnitAnswer]: ...

    @overload
    def answers(self, queries: Sequence[AnyQuery]) -> Sequence[AnyAnswer]: ...

    def answers(self, queries: Sequence[AnyQuery]) -> Sequence[AnyAnswer]:
        """Return the answers to all queries, over sessions or units, from one version of the data.

        Raises
        ------
        UnknownNameError
            Where a query names what the catalog does not hold.
        FilterError
            Where a range is asked of a dimension that has no order.
        ProductError
            Where units are asked for by day and the data has no days.
        StoreError
            Where the database does not answer.
        """
        for query in queries:
            self._check_names(query)
        snapshot = self.snapshot()
        of_sessions = [query for query in queries if isinstance(query, Query)]
        found = snapshot.cube.answers(of_sessions, snapshot.version)
        if None not in found and len(found) == len(queries):
            return [answer for answer in found if answer]
        if len(of_sessions) < len(queries):
            self.ping()  # a frozen database is noticed by the probe, which has less patience
        return self._answers_by_sql(queries)

    @contextmanager
    def reading(self) -> Iterator[tuple[sa.Connection, Snapshot]]:
        """Yield a connection that sees one version of the data until it is left, and that version.

        Raises
        ------
        StoreError
            Where the database does not answer, or the data was loaded with another configuration since.
        """
        with self._reading(self.engine) as connection:
            newest, snapshot = self._newest(connection), self.snapshot()
            if snapshot.version != newest.version:
                self._checked_at = -float("inf")
                snapshot = self.snapshot()
            if snapshot.version != newest.version:
                snapshot = self._read_snapshot(connection, newest)
            yield connection, snapshot

    def resolve(self, where: Filter) -> tuple[Filter, tuple[str, ...]]:
        """Return the part of a filter that the data knows, and a notice in words for each part that it does not."""
        found = [self._resolve(clause) for clause in where.clauses]
        kept = tuple(clause for clause, _ in found if clause)
        return Filter(kept), tuple(notice for _, notice in found if notice)

    def _resolve(self, clause: AnyClause) -> tuple[AnyClause | None, str]:
        if not self.catalog.has_dimension(clause.dimension):
            return None, f"This data has no {clause.dimension!r} to filter by; it was left out."
        domain = self.snapshot().domains[clause.dimension]
        if isinstance(clause, RangeClause):
            try:
                check_range(domain.dimension, clause)
            except FilterError as error:
                return None, f"{error}; it was left out."
            return clause, ""
        unknown = domain.unknown(clause)
        if not unknown:
            return clause, ""
        kept = Clause(clause.dimension, tuple(v for v in clause.values if v not in unknown))
        names = ", ".join(map(repr, unknown))
        return kept if kept.values else None, f"{domain.dimension.label} has no {names} in this data; it was left out."

    def _answers_by_sql(self, queries: Sequence[AnyQuery]) -> list[AnyAnswer]:
        with self.reading() as (connection, snapshot):
            of_sessions = [query for query in queries if isinstance(query, Query)]
            found = iter(snapshot.cube.answers(of_sessions, snapshot.version))
            of_units = [query for query in queries if isinstance(query, UnitQuery)]
            units = self._units.answers(of_units, snapshot, connection)
            return [
                units[query]
                if isinstance(query, UnitQuery)
                else next(found) or self._answer_by_sql(connection, query, snapshot)
                for query in queries
            ]

    def _answer_by_sql(self, connection: sa.Connection, query: Query, snapshot: Snapshot) -> Answer:
        domains = snapshot.domains
        sums = np.zeros((*(len(domains[name]) for name in query.by), len(query.measures)))
        for row in connection.execute(to_select(query, self.catalog, domains, snapshot.table)):
            keys, values = row[: len(query.by)], row[len(query.by) :]
            places = tuple(place_of(domains[name], key) for name, key in zip(query.by, keys, strict=True))
            sums[places] += [float(value) for value in values]
        members = {name: domains[name].members for name in query.by}
        by_name = dict(zip(query.measures, np.moveaxis(sums, -1, 0), strict=True))
        return Answer(query.by, members, by_name, snapshot.version, "sql", edges_of(query, domains))

    def _check_names(self, query: AnyQuery) -> None:
        if isinstance(query, UnitQuery):
            check_units(query, self.catalog)
            return
        for name in query.dimensions:
            self.catalog.dimension(name)
        for name in query.measures:
            self.catalog.measure(name)

    def _refresh(self) -> Snapshot:
        current = self._snapshot
        try:
            with self._reading(self.probe) as connection:
                newest = self._newest(connection)
                if current is None or newest.version != current.version:
                    current = self._read_snapshot(connection, newest)
        except StoreError:
            if current is None:
                raise
            self._checked_at = time.monotonic() + _AWAY_S
            return current
        self._snapshot, self._checked_at = current, time.monotonic()
        return current

    @contextmanager
    def _reading(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        try:
            with engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(describe_database_error(error, engine.url)) from error

    def _newest(self, connection: sa.Connection) -> "sa.Row[tuple[object, ...]]":
        row = connection.execute(sa.select(SNAPSHOTS).order_by(SNAPSHOTS.c.version.desc()).limit(1)).first()
        if row is None:
            raise StoreError("no data is loaded yet; run: python -m etl load")
        return row

    def _read_snapshot(self, connection: sa.Connection, row: "sa.Row[tuple[object, ...]]") -> Snapshot:
        if row.catalog_hash != self.catalog.fingerprint:
            raise StoreError("the data was loaded with another configuration; run: python -m etl load")
        cube = self._read_cube(connection, row)
        table = sessions_table(self.catalog, row.table_name)
        return Snapshot(row.version, row.run_id, row.loaded_at, row.n_rows, row.origin, table, cube)

    def _read_cube(self, connection: sa.Connection, row: "sa.Row[tuple[object, ...]]") -> Cube:
        if not self.shelf:
            return read_cube(connection, row.version, self.catalog)
        try:
            packed = partial(packed_cube, connection, row.version)
            return self.shelf.cube(f"{row.version}-{row.loaded_at}", packed, self.catalog)
        except (OSError, ValueError, zlib.error):
            return read_cube(connection, row.version, self.catalog)


def describe_database_error(error: SQLAlchemyError, url: sa.URL) -> str:
    """Return one sentence on a database that does not answer, without its password."""
    cause = str(getattr(error, "orig", None) or error).splitlines()[0]
    where = database_name(url)
    if "no such table" in cause or "unable to open database" in cause or "doesn't exist" in cause:
        return f"no data is loaded yet in {where}; run: python -m etl load"
    if "not a database" in cause or "malformed" in cause:
        return f"{where} is no sound SQLite database ({cause}); name another in DATABASE_URL, or remove it and load"
    return f"the database {where} does not answer ({cause}); check that it runs and that DATABASE_URL is right"
