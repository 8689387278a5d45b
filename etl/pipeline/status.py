"""status: which version is visible, what the runs did, which rules records broke, and whether the cube is right."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from config import Config
from etl.load.read import stored_frames
from etl.load.runs import newest_snapshot
from etl.pipeline.profiler import Profiler
from semantic.build import CubeBuilder
from semantic.cube import Cube
from semantic.database import database_name, engine_for
from semantic.errors import StoreError
from semantic.profile import Profile, stored_profile
from semantic.provenance import N_RUNS, Reason, Run, reasons_of, rejecting_run, runs_of
from semantic.query import Domains
from semantic.schema import sessions_table
from semantic.snapshot import read_cube
from semantic.store import describe_database_error

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Status:
    """The state of the data.

    Attributes
    ----------
    database : str
        Where it is, without a password.
    version, n_rows : int
        What is visible; 0 where nothing is loaded yet.
    origin : str
        ``observed`` or ``simulated``.
    loaded_at : int
        ms since 1970, UTC.
    is_current : bool
        False where the data was loaded with another configuration, so that it cannot be shown.
    runs : tuple of Run
        Newest first.
    quarantine : tuple of Reason
        Why the newest run that rejected records did so, most frequent first; without examples.
    """

    database: str
    version: int
    n_rows: int
    origin: str
    loaded_at: int
    is_current: bool
    runs: tuple[Run, ...]
    quarantine: tuple[Reason, ...]


def status(config: Config) -> Status:
    """Return the state of the data; raises StoreError where the database is away or empty."""
    engine = engine_for(config.database_url, read_only=True)
    try:
        with engine.connect() as connection:
            newest: Any = newest_snapshot(connection)
            rejecting = rejecting_run(connection)
            return Status(
                database=database_name(engine.url),
                version=newest.version if newest else 0,
                n_rows=newest.n_rows if newest else 0,
                origin=newest.origin if newest else "",
                loaded_at=newest.loaded_at if newest else 0,
                is_current=bool(newest and newest.catalog_hash == config.catalog.fingerprint),
                runs=runs_of(connection, N_RUNS),
                quarantine=reasons_of(connection, rejecting.run_id) if rejecting else (),
            )
    except SQLAlchemyError as error:
        raise StoreError(describe_database_error(error, engine.url)) from error
    finally:
        engine.dispose()


def verify(config: Config) -> int:
    """Return the number of sums compared, after counting cube and profile anew from the sessions.

    Raises
    ------
    StoreError
        Where a sum differs, or there is nothing to compare.
    """
    engine = engine_for(config.database_url, read_only=True)
    try:
        with engine.connect() as connection:
            newest: Any = newest_snapshot(connection)
            if newest is None or newest.catalog_hash != config.catalog.fingerprint:
                raise StoreError("no data of this configuration is loaded; run: python -m etl load")
            stored = read_cube(connection, newest.version, config.catalog)
            table = sessions_table(config.catalog, newest.table_name)
            cube, profile = _counted(connection, table, config, stored.domains)
            _compare_profile(stored_profile(connection, newest.version), profile, newest.version)
            return _compare(stored, cube, newest.version)
    except SQLAlchemyError as error:
        raise StoreError(describe_database_error(error, engine.url)) from error
    finally:
        engine.dispose()


def _counted(connection: sa.Connection, table: sa.Table, config: Config, known: Domains) -> tuple[Cube, Profile]:
    with CubeBuilder(config.catalog, config.cube_memory_mb, known) as builder, Profiler(config.catalog) as profiler:
        for frame in stored_frames(connection, table, config.catalog):
            builder.add(frame)
            profiler.add(frame)
        return builder.cube(), profiler.profile()


def _compare_profile(stored: Profile | None, counted: Profile, version: int) -> None:
    if stored and stored.to_json() != counted.to_json():
        raise StoreError(f"the profile of version {version} differs from its rows; run: python -m etl load --force")


def _compare(stored: Cube, counted: Cube, version: int) -> int:
    anew = {cuboid.dimensions: cuboid for cuboid in counted.cuboids}
    for cuboid in stored.cuboids:
        other = anew.get(cuboid.dimensions)
        if other is None or other.sums.shape != cuboid.sums.shape:
            raise StoreError(
                f"the cube of version {version} has other cells than its rows; run: python -m etl load --force"
            )
        scale = np.abs(cuboid.sums).max(axis=tuple(range(1, cuboid.sums.ndim)), keepdims=True)
        if (np.abs(cuboid.sums - other.sums) > _TOLERANCE * np.maximum(scale, 1)).any():
            raise StoreError(f"the cube of version {version} differs from its rows; run: python -m etl load --force")
    return sum(cuboid.sums.size for cuboid in stored.cuboids)
