"""Random pages of sessions under random filters and orders, beside OFFSET in SQLite and in DuckDB."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import sqlalchemy as sa

from config import Config, load_config
from semantic.database import engine_for
from semantic.drill_down import DrillDown
from semantic.filter import AnyClause, Clause, Filter, RangeClause
from semantic.query import Domains
from semantic.schema import ROW_ID
from semantic.sessions_page import PageQuery, Sort
from semantic.shelf import Shelf
from semantic.snapshot import Snapshot
from semantic.store import Store
from tests.benchmarks.load import csv_file, load_into
from tests.benchmarks.timing import Timing, machine, stopwatch, time_once, write_report

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_PEER = 120.0
N_ROWS = 100
_N_CHECKED = 5
_HEADER = ["rows", "contender", "p50 ms", "p95 ms", "max ms", "timed"]

Finder = Callable[[PageQuery], list[int]]


@dataclass(frozen=True)
class Selection:
    """A filter and an order, with two pages anywhere in them.

    Attributes
    ----------
    first, further : PageQuery
        The page asked for first, and one asked for after it.
    """

    first: PageQuery
    further: PageQuery


def measure(sizes: Sequence[int], n_selections: int) -> str:
    """Return the table of all contenders at all sizes; it is kept in build/benchmarks too.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of sessions.
    n_selections : int
        Random filters and orders; a contender that needs more than two minutes for them stops early.
    """
    found = {size: _measure_size(size, n_selections) for size in sizes}
    data = {
        "machine": machine("duckdb", "numpy", "SQLAlchemy"),
        "seconds": {size: {name: timing.seconds for name, timing in row.items()} for size, row in found.items()},
    }
    return write_report(
        "drill_down", data, _HEADER, [_line(s, n, t) for s, row in found.items() for n, t in row.items()]
    )


def _line(size: int, name: str, timing: Timing) -> list[str]:
    times = (timing.p50_ms, timing.p95_ms, timing.max_ms)
    return [f"{size:,}", name, *(f"{time:,.1f}" for time in times), str(len(timing.seconds))]


def _measure_size(n_rows: int, n_selections: int) -> dict[str, Timing]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        load_into(csv_file(n_rows), f"sqlite:///{path}")
        config = load_config(ROOT / "config.yaml", {"DATABASE_URL": f"sqlite:///{path}"})
        store = Store(engine_for(config.database_url, read_only=True), config.catalog, shelf=Shelf(Path(folder)))
        chosen = [*draw_selections(store, n_selections)]
        firsts, furthers = [s.first for s in chosen], [s.further for s in chosen]
        own, offset = _own(DrillDown(store)), _own(without_index(store))
        found = {"each column unpacked, once": Timing((stopwatch(lambda: _unpack(own, store)),))}
        found["row index, a new filter and order"] = time_once(own, firsts, SECONDS_A_PEER)
        found["row index, another page"] = time_once(own, furthers, SECONDS_A_PEER)
        duck = duckdb_finder(csv_file(n_rows), store, config)
        for query in firsts[:_N_CHECKED]:
            assert own(query) == duck(query), f"DuckDB and the row index differ on {query}"
        found["DuckDB, OFFSET"] = time_once(duck, firsts, SECONDS_A_PEER)
        found["SQLite, OFFSET"] = time_once(offset, firsts, SECONDS_A_PEER)
        store.disconnect()
    return found


def draw_selections(store: Store, n_selections: int, seed: int = 11) -> Iterator[Selection]:
    """Yield random filters of none to three dimensions, random orders, and two pages anywhere in each.

    Parameters
    ----------
    store : Store
        What can be asked for.
    n_selections : int
        How many.
    seed : int
        Equal seeds give equal selections.
    """
    random, domains = np.random.default_rng(seed), store.snapshot().domains
    names = [c.name for c in DrillDown(store).columns if c.is_sortable]
    drill_down = DrillDown(store)
    for number in range(n_selections):
        filtered = random.choice(sorted(domains), number % 4, replace=False).tolist()
        where = Filter(tuple(_clause(domains, name, random) for name in filtered))
        sort = Sort(str(random.choice(names)), bool(random.integers(2)))
        n_sessions = drill_down.page(PageQuery(where, n_rows=1)).n_sessions
        first, further = random.integers(0, max(n_sessions - N_ROWS, 1), 2).tolist()
        query = PageQuery(where, sort, first, N_ROWS)
        yield Selection(query, replace(query, first=further))


def _clause(domains: Domains, name: str, random: np.random.Generator) -> AnyClause:
    """Return members of a category, days, or a range of a number whose ends are no edges."""
    domain = domains[name]
    if domain.dimension.kind == "number":
        low, high = np.sort(random.uniform(domain.edges[0], domain.edges[-1], 2)).tolist()
        return RangeClause(name, low, high)
    n_kept = int(random.integers(1, max(2, domain.n_present)))
    return Clause(name, tuple(random.choice(domain.members[: domain.n_present], n_kept, replace=False).tolist()))


def without_index(store: Store) -> DrillDown:
    """Return what reads pages by SQL alone."""

    class NoIndex:
        def index(self, snapshot: Snapshot, connection: sa.Connection) -> None:
            """Return none."""

    drill_down = DrillDown(store)
    drill_down._reader = NoIndex()  # type: ignore[assignment]
    return drill_down


def _own(drill_down: DrillDown) -> Finder:
    return lambda query: [int(row[0] or 0) for row in drill_down.page(query).rows]


def _unpack(own: Finder, store: Store) -> None:
    for column in DrillDown(store).columns:
        if column.is_sortable:
            own(PageQuery(sort=Sort(column.name)))


def duckdb_finder(file: Path, store: Store, config: Config) -> Finder:
    """Return what finds pages in a DuckDB table of the same sessions by the same SQL.

    Parameters
    ----------
    file : Path
        The sessions as they were loaded.
    store : Store
        Writes the SQL.
    config : Config
        Which columns there are.
    """
    database = duckdb.connect()
    fields = {name: spec.column for name, spec in config.fields.items() if name != "started_at"}
    read = ", ".join(f'"{column}" AS {name}' for name, column in fields.items())
    moment = '"Started_At"::TIMESTAMP'
    database.execute(
        f"""CREATE TABLE {store.snapshot().table.name} AS SELECT row_number() OVER () + 1 AS {ROW_ID}, {read},
        epoch_ms({moment}) AS started_at, ({moment} + INTERVAL '5 hours 30 minutes')::DATE AS day
        FROM read_csv('{file}') ORDER BY 1"""
    )
    drill_down = without_index(store)

    def find(query: PageQuery) -> list[int]:
        rows: Any = database.execute(_statement(drill_down, query)).fetchall()
        return [int(row[0]) for row in rows]

    return find


def _statement(drill_down: DrillDown, query: PageQuery) -> str:
    select = drill_down._select(query, drill_down.store.snapshot()).limit(query.n_rows).offset(query.first)
    dialect = drill_down.store.engine.dialect
    return str(select.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
