"""Snapshot: one version of the data, and how its cube is read."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.errors import StoreError
from semantic.query import Domains
from semantic.schema import CUBE_PARTS


@dataclass(frozen=True)
class Snapshot:
    """One version of the data.

    Attributes
    ----------
    version : int
        Grows by one with every load or append.
    run_id : int
        The run that made it.
    loaded_at : int
        ms since 1970, UTC.
    n_rows : int
        Sessions.
    origin : str
        ``observed``, or ``simulated`` for data that a generator made.
    table : Table
        Where the sessions are.
    cube : Cube
        Its sums.
    """

    version: int
    run_id: int
    loaded_at: int
    n_rows: int
    origin: str
    table: sa.Table
    cube: Cube

    @property
    def domains(self) -> Domains:
        """Members of each dimension."""
        return self.cube.domains


def read_cube(connection: sa.Connection, version: int, catalog: Catalog) -> Cube:
    """Return the stored cube of a version; raises StoreError where it is damaged."""
    packed = b"".join(packed_cube(connection, version))
    try:
        return Cube.from_bytes(packed, catalog)
    except Exception as error:
        raise StoreError(f"the cube of version {version} is damaged; run: python -m etl load --force") from error


def packed_cube(connection: sa.Connection, version: int) -> Iterator[bytes]:
    """Yield the pieces in which the cube of a version is stored."""
    select = sa.select(CUBE_PARTS.c.payload).where(CUBE_PARTS.c.version == version).order_by(CUBE_PARTS.c.part)
    yield from connection.execute(select).scalars()
