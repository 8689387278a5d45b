"""Reading stored sessions back, in portions, as frames of the form in which they were cleaned."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from config import Config
from semantic.build import CubeBuilder
from semantic.catalog import MISSING, Catalog, Column
from semantic.cube import Cube
from semantic.query import Domains
from semantic.row_codes import Places
from semantic.schema import ROW_ID

PORTION = 50_000


def stored_frames(
    connection: sa.Connection, table: sa.FromClause, catalog: Catalog, where: Sequence[sa.ColumnElement[bool]] = ()
) -> Iterator[pd.DataFrame]:
    """Yield stored sessions in order of arrival, 50,000 at a time.

    Parameters
    ----------
    connection : Connection
        To the database.
    table : FromClause
        A sessions table.
    catalog : Catalog
        Its columns.
    where : sequence of ColumnElement
        Conditions that must all hold.
    """
    for _, frame in stored_rows(connection, table, catalog, where):
        yield frame


def stored_rows(
    connection: sa.Connection, table: sa.FromClause, catalog: Catalog, where: Sequence[sa.ColumnElement[bool]] = ()
) -> Iterator[tuple[Places, pd.DataFrame]]:
    """Yield the keys of stored sessions and the sessions, as `stored_frames` does.

    Parameters
    ----------
    connection, table, catalog, where
        As there.
    """
    columns = [sa.type_coerce(table.c[c.name], _plain(table.c[c.name].type)) for c in catalog.columns]
    select = sa.select(table.c[ROW_ID], *columns).where(*where).order_by(table.c[ROW_ID])
    coded = {dimension.column for dimension in catalog.dimensions}
    for rows in connection.execute(select.execution_options(yield_per=PORTION)).partitions():
        keys, *cells = zip(*rows, strict=True)
        series = {c.name: _series(list(v), c, coded) for c, v in zip(catalog.columns, cells, strict=True)}
        yield np.array(keys, dtype=np.int64), pd.DataFrame(series, copy=False)


def counted_cube(connection: sa.Connection, table: sa.Table, config: Config, known: Domains | None = None) -> Cube:
    """Return the cube of all stored sessions, counted anew.

    Parameters
    ----------
    connection : Connection
        To the database.
    table : Table
        A sessions table.
    config : Config
        Its catalog, and the memory that the cube may take.
    known : mapping of str to Domain, optional
        Members and edges that the cube shall have too.
    """
    with CubeBuilder(config.catalog, config.cube_memory_mb, known) as builder:
        for frame in stored_frames(connection, table, config.catalog):
            builder.add(frame)
        return builder.cube()


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return sa.String() if isinstance(kind, sa.Date) else kind


def _series(values: list[Any], column: Column, coded: set[str]) -> "pd.Series[Any]":
    if column.type == "flag":
        return pd.Series(np.array(values, dtype=np.int8))
    if column.type in ("number", "integer", "timestamp"):
        return pd.Series(np.array(values, dtype=np.float64))
    texts = [None if v is None or v == MISSING else str(v) for v in values]
    return pd.Series(pd.Categorical(texts)) if column.name in coded else pd.Series(texts, dtype=object)
