"""Sums over users under random filters, beside pandas and DuckDB: what a page of an experiment asks."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from config import load_config
from semantic.catalog import USER_ID, VARIANT
from semantic.database import engine_for
from semantic.filter import EVERYTHING, Clause, Filter
from semantic.query import Domains
from semantic.row_codes import Floats
from semantic.shelf import Shelf
from semantic.store import Store
from semantic.units import UnitColumn, UnitQuery
from tests.benchmarks.load import COLUMN_OF, csv_file, load_into
from tests.benchmarks.timing import Timing, machine, time_once, write_report

ROOT = Path(__file__).resolve().parents[2]
SIZES = (200_000, 1_000_000, 5_000_000)
SECONDS_A_PEER = 40.0
N_FILTERS = 12
_MOST_OF_PEERS = 1_000_000
_FIVE = ("n_sessions", "n_converted", "sum_revenue", "sum_time_spent_s", "sum_pages_viewed")
_HEADER = ["rows", "question", "contender", "p50 ms", "max ms", "timed", "times the store's p50"]
_SEGMENTS = "20 columns, variant by 7 dimensions"

Question = tuple[UnitQuery, ...]
Contender = Callable[[Question], list[Floats]]


@dataclass(frozen=True)
class Peer:
    """The sessions as peers have them at their best: users, members and bins as small numbers, measures worked out.

    Attributes
    ----------
    frame : DataFrame
        A column for each dimension, the user, and each measure.
    domains : mapping of str to Domain
        What the numbers stand for.
    """

    frame: pd.DataFrame
    domains: Domains

    def by_pandas(self, question: Question) -> list[Floats]:
        """Return the products of the sums of each query; the first column of each is the number of units."""
        frame = self.frame
        for clause in question[0].where.clauses:
            frame = frame[frame[clause.dimension].isin(np.flatnonzero(self.domains[clause.dimension].mask(clause)))]
        return [self._products(frame, query) for query in question]

    def _products(self, frame: pd.DataFrame, query: UnitQuery) -> Floats:
        axes, names = [*query.by], [column.name for column in query.columns]
        keys = list(dict.fromkeys([USER_ID, VARIANT, *axes]))
        units = frame.groupby(keys, sort=False)[names].sum().assign(one=1.0)
        pairs = combinations_with_replacement(["one", *names], 2)
        products = pd.DataFrame({f"{one} {other}": units[one] * units[other] for one, other in pairs})
        return np.asarray(products.groupby(level=axes).sum().sort_index())

    def by_duckdb(self) -> Contender:
        """Return what answers from a native table of the same."""
        database = duckdb.connect()
        frame = self.frame  # noqa: F841 - DuckDB reads it by its name
        database.execute("CREATE TABLE sessions AS SELECT * FROM frame")

        def answer(question: Question) -> list[Floats]:
            found: list[Any] = [database.execute(self._statement(query)).fetchnumpy() for query in question]
            return [np.column_stack([*table.values()]) for table in found]

        return answer

    def _statement(self, query: UnitQuery) -> str:
        names, axes = [column.name for column in query.columns], ", ".join(query.by)
        keys = ", ".join(dict.fromkeys([USER_ID, VARIANT, *query.by]))
        kept = [(c.dimension, np.flatnonzero(self.domains[c.dimension].mask(c)).tolist()) for c in query.where.clauses]
        where = " AND ".join(f"{name} IN ({', '.join(map(str, places))})" for name, places in kept) or "true"
        inner = f"SELECT {keys}, 1.0 AS one, {', '.join(f'sum({n}) AS {n}' for n in names)} FROM sessions"
        pairs = combinations_with_replacement(["one", *names], 2)
        sums = ", ".join(f"sum({a} * {b}) AS p{number}" for number, (a, b) in enumerate(pairs))
        return f"SELECT {sums} FROM ({inner} WHERE {where} GROUP BY {keys}) GROUP BY {axes} ORDER BY {axes}"


def measure(sizes: Sequence[int]) -> str:
    """Return the table of all contenders at all sizes; it is kept in build/benchmarks too.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of sessions; the largest question is asked of the peers up to a million.
    """
    found = {size: _measure_size(size) for size in sizes}
    data = {
        "machine": machine("duckdb", "numpy", "pandas"),
        "seconds": {
            size: {" ".join(key): timing.seconds for key, timing in row.items()} for size, row in found.items()
        },
    }
    return write_report("units", data, _HEADER, [_line(s, k, row) for s, row in found.items() for k in row])


def _line(size: int, key: tuple[str, str], row: dict[tuple[str, str], Timing]) -> list[str]:
    timing, own = row[key], row[key[0], "store"]
    times = f"{timing.p50_ms:,.1f}", f"{timing.max_ms:,.1f}", str(len(timing.seconds))
    return [f"{size:,}", *key, *times, f"{timing.p50_ms / own.p50_ms:.1f}"]


def _measure_size(n_rows: int) -> dict[tuple[str, str], Timing]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'rows.db'}"
        load_into(csv_file(n_rows), url)
        config = load_config(ROOT / "config.yaml", {"DATABASE_URL": url})
        store = Store(engine_for(config.database_url, read_only=True), config.catalog, shelf=Shelf(Path(folder)))
        peer = Peer(_frame(csv_file(n_rows), store), store.snapshot().domains)
        contenders = {"store": _own(store), "pandas": peer.by_pandas, "DuckDB": peer.by_duckdb()}
        found: dict[tuple[str, str], Timing] = {}
        for name, questions in _questions(store):
            few = n_rows > _MOST_OF_PEERS and name == _SEGMENTS
            asked = {"store": contenders["store"]} if few else contenders
            _compare(asked, questions[0])
            found |= {(name, who): time_once(ask, questions[1:], SECONDS_A_PEER) for who, ask in asked.items()}
        store.disconnect()
    return found


def _own(store: Store) -> Contender:
    def answer(question: Question) -> list[Floats]:
        found = store.answers(question)
        assert all(one.origin == "index" for one in found)
        return [_flat(one) for one in found]

    return answer


def _flat(answer: Any) -> Floats:
    """Return number, totals and products of each group that has units, as the peers have them."""
    k = answer.totals.shape[-1]
    upper = [answer.products[..., i, j] for i, j in combinations_with_replacement(range(k), 2)]
    table = np.stack([answer.n, *np.moveaxis(answer.totals, -1, 0), *upper], axis=-1)
    return np.asarray(table[answer.n > 0])


def _compare(contenders: dict[str, Contender], question: Question) -> None:
    own = contenders["store"](question)
    for name, ask in contenders.items():
        for one, other in zip(own, ask(question), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-6, err_msg=f"{name} and the store differ")


def _questions(store: Store) -> Iterator[tuple[str, list[Question]]]:
    """Yield each kind of question under a filter of none, and then of one and two dimensions."""
    twenty = _columns(store)
    five = twenty[: len(_FIVE)]
    dims = [d.name for d in store.catalog.dimensions if d.name not in (VARIANT, "day")]
    wheres = [EVERYTHING, *_filters(store.snapshot().domains)]
    for by in ((VARIANT,), (VARIANT, "device"), (VARIANT, "day")):
        yield f"5 columns, {' by '.join(by)}", [(UnitQuery(five, by, where),) for where in wheres]
    segments = [tuple(UnitQuery(twenty, (VARIANT, name), where) for name in dims) for where in wheres]
    yield _SEGMENTS, segments


def _columns(store: Store) -> tuple[UnitColumn, ...]:
    """Return twenty columns, the usual five first; where measures are fewer, some come twice."""
    names = [*_FIVE, *(measure.name for measure in store.catalog.measures if measure.name not in _FIVE)]
    return tuple(UnitColumn(f"c{number}", names[number % len(names)]) for number in range(20))


def _filters(domains: Domains) -> Iterator[Filter]:
    random = np.random.default_rng(17)
    for number in range(N_FILTERS):
        names = random.choice(["device", "location", "category", "gender", "age"], 1 + number % 2, replace=False)
        yield Filter(tuple(_clause(domains, str(name), random) for name in names))


def _clause(domains: Domains, name: str, random: np.random.Generator) -> Clause:
    members = domains[name].members[: domains[name].n_present]
    n_kept = int(random.integers(max(1, len(members) // 2), len(members)))
    return Clause(name, tuple(random.choice(members, n_kept, replace=False).tolist()))


def _frame(file: Path, store: Store) -> pd.DataFrame:
    """Return dimensions and users as numbers, and each measure of every session."""
    domains, catalog = store.snapshot().domains, store.catalog
    columns = _read(file)
    frame = pd.DataFrame({USER_ID: pd.factorize(columns[USER_ID])[0].astype(np.int32)})
    for dimension in catalog.dimensions:
        domain, values = domains[dimension.name], columns[dimension.column]
        if dimension.is_binned:
            places = np.searchsorted(domain.edges, values.to_numpy(float), side="right")
        else:
            places = pd.Categorical(values.astype(str), categories=[*domain.members]).codes
        frame[dimension.name] = np.asarray(places, dtype=np.int16)
    for column in _columns(store)[: None if len(frame) <= _MOST_OF_PEERS else len(_FIVE)]:
        frame[column.name] = 1.0
        for name, power in catalog.measure(column.measure).factors:
            frame[column.name] *= columns[name].to_numpy(float) ** power
    return frame


def _read(file: Path) -> pd.DataFrame:
    columns = pd.read_csv(file).rename(columns=COLUMN_OF)
    moment = pd.to_datetime(columns["started_at"], utc=True)
    columns["day"] = (moment + pd.Timedelta(hours=5, minutes=30)).dt.strftime("%Y-%m-%d")
    columns["revenue"] = columns["revenue"].fillna(0.0)
    return columns
