"""Contenders of the cross-filter benchmark; each is handed coded columns, its best case, and answers all nine views."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from semantic.catalog import CONVERTED, N_CONVERTED, N_SESSIONS, VARIANT
from semantic.query import Domains
from semantic.store import Store
from tests.benchmarks.gestures import Gesture, queries_of
from tests.benchmarks.rows import Rows

Sums = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[np.uint8]]


class Peer(Protocol):
    """Something that answers a gesture."""

    name: str

    def answer(self, gesture: Gesture) -> list[Sums]:
        """Return sessions and conversions of each view, shape (2, members, variants), in the order of the domains."""


def coded_columns(rows: Rows, domains: Domains) -> Columns:
    """Return every dimension as the places of its members, and the outcome."""
    columns = {CONVERTED: rows.converted.astype(np.uint8)}
    for name, domain in domains.items():
        codes = rows.codes[name] if name in rows.codes else np.searchsorted(domain.edges, getattr(rows, name), "right")
        columns[name] = codes.astype(np.uint8)
    return columns


class OwnStore:
    """The product: the store over its cube."""

    def __init__(self, name: str, store: Store, domains: Domains) -> None:
        self.name, self._store, self._domains = name, store, domains

    def answer(self, gesture: Gesture) -> list[Sums]:
        """Return the store's sums, untouched."""
        answers = self._store.answers(queries_of(gesture, self._domains))
        return [np.stack([a[N_SESSIONS], a[N_CONVERTED]]) for a in answers]


class Pandas:
    """pandas: one mask for each set of views under the same filter, one groupby a view."""

    name = "pandas"

    def __init__(self, columns: Columns, domains: Domains) -> None:
        self._frame, self._domains = pd.DataFrame(columns), domains

    def answer(self, gesture: Gesture) -> list[Sums]:
        """Return the sums by groupby."""
        kept = {seen: self._frame[self._mask(seen)] for seen in {gesture.seen_by(view) for view in self._domains}}
        return [self._sums(view, kept[gesture.seen_by(view)]) for view in self._domains]

    def _mask(self, seen: Sequence[tuple[str, tuple[int, ...]]]) -> npt.NDArray[np.bool_]:
        mask = np.ones(len(self._frame), dtype=bool)
        for name, places in seen:
            column = self._frame[name]
            mask &= column.between(places[0], places[-1]) if _is_run(places) else column.isin(places)
        return mask

    def _sums(self, view: str, frame: pd.DataFrame) -> Sums:
        keys = list(dict.fromkeys((view, VARIANT)))
        found = frame.groupby(keys, observed=True)[CONVERTED].agg(["size", "sum"]).reset_index()
        return fill(view, self._domains, found.to_numpy(np.float64))


class DuckDB:
    """DuckDB: one GROUPING SETS query for all views under the same filter."""

    name = "DuckDB"

    def __init__(self, columns: Columns, domains: Domains) -> None:
        self._domains, self._connection = domains, duckdb.connect()
        self._connection.register("given", columns)
        self._connection.execute("CREATE TABLE sessions AS SELECT * FROM given")
        self._connection.unregister("given")

    def answer(self, gesture: Gesture) -> list[Sums]:
        """Return the sums by grouping sets."""
        views_of: dict[tuple[tuple[str, tuple[int, ...]], ...], list[str]] = {}
        for view in self._domains:
            views_of.setdefault(gesture.seen_by(view), []).append(view)
        found: dict[str, Sums] = {}
        for seen, views in views_of.items():
            found |= self._grouped(views, seen)
        return [found[view] for view in self._domains]

    def _grouped(self, views: list[str], seen: Sequence[tuple[str, tuple[int, ...]]]) -> dict[str, Sums]:
        sets = ", ".join("(" + ", ".join(dict.fromkeys((view, VARIANT))) + ")" for view in views)
        where = " AND ".join(_condition(name, places) for name, places in seen) or "TRUE"
        others = [view for view in views if view != VARIANT]
        keys = ", ".join((*others, VARIANT))
        which = f"GROUPING({', '.join(others)})" if others else "0"
        select = f"SELECT {which}, count(*), sum(converted), {keys} FROM sessions"
        sql = f"{select} WHERE {where} GROUP BY GROUPING SETS ({sets})"
        rows = self._connection.execute(sql).fetchnumpy()
        names = list(rows)
        table = {key: np.ma.filled(np.ma.asarray(rows[key], dtype=np.float64), -1) for key in names}
        found = {}
        for view in views:
            flags = sum(1 << (len(others) - 1 - place) for place, other in enumerate(others) if other != view)
            at = table[names[0]] == flags
            keyed = [table[key][at] for key in dict.fromkeys((view, VARIANT))]
            found[view] = fill(
                view, self._domains, np.stack([*keyed, table[names[1]][at], table[names[2]][at]], axis=1)
            )
        return found


class Polars:
    """Polars: nine lazy queries collected together, so that common work is shared."""

    name = "Polars"

    def __init__(self, columns: Columns, domains: Domains) -> None:
        self._frame, self._domains = pl.DataFrame(columns), domains

    def answer(self, gesture: Gesture) -> list[Sums]:
        """Return the sums by one collect_all."""
        plans = [self._plan(view, gesture.seen_by(view)) for view in self._domains]
        found = pl.collect_all(plans)
        return [
            fill(v, self._domains, f.to_numpy().astype(np.float64)) for v, f in zip(self._domains, found, strict=True)
        ]

    def _plan(self, view: str, seen: Sequence[tuple[str, tuple[int, ...]]]) -> pl.LazyFrame:
        plan = self._frame.lazy()
        for name, places in seen:
            column = pl.col(name)
            plan = plan.filter(column.is_between(places[0], places[-1]) if _is_run(places) else column.is_in(places))
        keys = list(dict.fromkeys((view, VARIANT)))
        return plan.group_by(keys).agg(pl.len().alias("n"), pl.col(CONVERTED).cast(pl.Int64).sum().alias("converted"))


def fill(view: str, domains: Domains, table: Sums) -> Sums:
    """Return the rows (keys …, sessions, conversions) of a group-by as a dense array like the store's."""
    names = list(dict.fromkeys((view, VARIANT)))
    sums = np.zeros((2, *(len(domains[name]) for name in names)))
    places = tuple(table[:, axis].astype(int) for axis in range(len(names)))
    for of_measure, column in zip(sums, table[:, len(names) :].T, strict=True):
        of_measure[places] = column
    return sums


def _is_run(places: Sequence[int]) -> bool:
    return places[-1] - places[0] == len(places) - 1


def _condition(name: str, places: Sequence[int]) -> str:
    if _is_run(places):
        return f"{name} BETWEEN {places[0]} AND {places[-1]}"
    return f"{name} IN ({', '.join(map(str, places))})"


def peers_of(columns: Columns, domains: Domains) -> Mapping[str, Peer]:
    """Return the contenders that live in this process."""
    made: list[Peer] = [Pandas(columns, domains), DuckDB(columns, domains), Polars(columns, domains)]
    return {peer.name: peer for peer in made}
