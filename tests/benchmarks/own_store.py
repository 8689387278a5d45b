"""The product's store over given rows, built as a load builds it: a sessions table, the cube in parts, one snapshot."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from config import Config
from semantic.build import CubeBuilder
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.schema import CUBE_PARTS, METADATA, SNAPSHOTS, sessions_table
from semantic.store import Store
from tests.benchmarks.rows import Rows

_PART_BYTES = 2**20


def build_cube(config: Config, rows: Rows) -> Cube:
    """Return the cube of the rows, with every measure of the configuration."""
    with CubeBuilder(config.catalog, config.cube_memory_mb) as builder:
        for frame in rows.frames():
            builder.add(frame)
        return builder.cube()


def write_store(path: Path, config: Config, cube: Cube, rows: Rows, *, with_table: bool) -> Store:
    """Return a store over a new SQLite file.

    Parameters
    ----------
    path : Path
        Where the file shall be.
    config : Config
        The catalog.
    cube : Cube
        What `build_cube` made of the rows.
    rows : Rows
        The sessions.
    with_table : bool
        Whether the sessions themselves are written too, for queries that the cube does not cover.
    """
    url = f"sqlite:///{path}"
    engine = engine_for(url, read_only=False)
    table = sessions_table(config.catalog, "sessions_1")
    METADATA.create_all(engine)
    table.create(engine)
    payload = cube.to_bytes()
    parts = [payload[first : first + _PART_BYTES] for first in range(0, len(payload), _PART_BYTES)]
    domains = json.dumps({name: domain.to_json() for name, domain in cube.domains.items()})
    with engine.begin() as connection:
        connection.execute(
            sa.insert(CUBE_PARTS), [{"version": 1, "part": i, "payload": p} for i, p in enumerate(parts)]
        )
        head = {"version": 1, "run_id": 1, "table_name": table.name, "loaded_at": 0, "n_rows": len(rows)}
        rest = {"origin": "simulated", "catalog_hash": config.catalog.fingerprint, "domains": domains}
        connection.execute(sa.insert(SNAPSHOTS), [head | rest])
    engine.dispose()
    if with_table:
        _insert(path, [column.name for column in table.columns], rows)
    return Store(engine_for(url, read_only=True), config.catalog)


def _insert(path: Path, columns: list[str], rows: Rows) -> None:
    marks = ", ".join("?" for _ in columns)
    with sqlite3.connect(path) as connection:
        for records in _records(columns, rows):
            connection.executemany(f"INSERT INTO sessions_1 ({', '.join(columns)}) VALUES ({marks})", records)


def _records(columns: list[str], rows: Rows) -> Iterator[list[tuple[object, ...]]]:
    first = 0
    for frame in rows.frames():
        index = pd.RangeIndex(first, first + len(frame))
        given = frame.assign(row_id=index, session_id=index.astype(str)).reindex(columns=columns)
        yield list(zip(*(given[name].astype(object).where(given[name].notna(), None) for name in columns), strict=True))
        first += len(frame)
