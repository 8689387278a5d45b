"""The history of runs: begun, finished, refused; and what a killed run left behind, cleared away."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa

from etl.clean import Rejection
from semantic.schema import CUBE_PARTS, INDEX_PARTS, METADATA, PROFILES, REJECTED_ROWS, RUNS, SNAPSHOTS

N_KEPT = 2
"""Versions that are kept: the newest, and the one that readers may still be in."""
VIEW = "sessions"


@dataclass
class Counts:
    """What became of the records of a run.

    Attributes
    ----------
    n_read, n_loaded, n_duplicates, n_quarantined : int
        Records; the first is the sum of the others.
    n_users_in_two_variants : int
        Users with readable records under more than one variant.
    """

    n_read: int = 0
    n_loaded: int = 0
    n_duplicates: int = 0
    n_quarantined: int = 0
    n_users_in_two_variants: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a run did.

    Attributes
    ----------
    run_id : int
        Its number.
    version : int
        Version of the data that is visible after it.
    command : {"load", "append"}
        What was asked.
    changed : bool
        False where the data was already there.
    counts : Counts
        What became of the records.
    timings : mapping of str to float
        Seconds by phase.
    notices : tuple of str
        What the reader should know.
    """

    run_id: int
    version: int
    command: Literal["load", "append"]
    changed: bool
    counts: Counts
    timings: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def now_ms() -> int:
    """Return ms since 1970 in UTC."""
    return time.time_ns() // 1_000_000


def newest_snapshot(connection: sa.Connection) -> "sa.Row[tuple[object, ...]] | None":
    """Return the visible version's row of SNAPSHOTS, or None."""
    return connection.execute(sa.select(SNAPSHOTS).order_by(SNAPSHOTS.c.version.desc()).limit(1)).first()


def begin_run(connection: sa.Connection, command: str, source: str, source_hash: str, policy_hash: str) -> int:
    """Return the number of a new run, recorded as running.

    Parameters
    ----------
    connection : Connection
        To the database; the row is committed.
    command : {"load", "append"}
        What was asked.
    source : str
        Name of the source, without a password.
    source_hash, policy_hash : str
        SHA-256 of the source, and of everything that decides how it becomes rows.
    """
    row = {
        "command": command,
        "source": source[:1024],
        "source_hash": source_hash,
        "policy_hash": policy_hash,
        "status": "running",
        "started_at": now_ms(),
    }
    (run_id,) = connection.execute(sa.insert(RUNS).values(row)).inserted_primary_key or (0,)
    connection.commit()
    return int(run_id)


def finish_run(connection: sa.Connection, outcome: Outcome) -> None:
    """Record a run as succeeded; the caller commits, in one transaction with the snapshot."""
    values = {
        **vars(outcome.counts),
        "status": "succeeded",
        "finished_at": now_ms(),
        "version": outcome.version,
        "timings": json.dumps({phase: round(seconds, 3) for phase, seconds in outcome.timings.items()}),
        "message": " ".join(outcome.notices) or None,
    }
    connection.execute(sa.update(RUNS).where(RUNS.c.run_id == outcome.run_id).values(values))


def fail_run(connection: sa.Connection, run_id: int, message: str, counts: Counts) -> None:
    """Record a run as failed; its rejected records stay, so that the reader can see what is wrong with the source.

    Parameters
    ----------
    connection : Connection
        To the database; the row is committed.
    run_id : int
        The run.
    message : str
        Why.
    counts : Counts
        How far it came.
    """
    values = {**vars(counts), "status": "failed", "finished_at": now_ms(), "message": message}
    connection.execute(sa.update(RUNS).where(RUNS.c.run_id == run_id).values(values))
    connection.commit()


def write_rejections(connection: sa.Connection, run_id: int, rejected: Sequence[Rejection]) -> None:
    """Write rejected records; the caller commits."""
    if not rejected:
        return
    names = ("run_id", "line", "column_name", "rule", "value", "raw")
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"INSERT INTO {REJECTED_ROWS.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"
    connection.exec_driver_sql(statement, [(run_id, *rejection) for rejection in rejected])


def next_version(connection: sa.Connection) -> int:
    """Return a version number that no run has used."""
    used = [connection.execute(sa.select(sa.func.max(t.c.version))).scalar() or 0 for t in (SNAPSHOTS, RUNS)]
    return max(map(int, used)) + 1


def heal(engine: sa.Engine) -> int:
    """Return how many runs had been interrupted, after their traces and versions too old to be read are gone.

    Parameters
    ----------
    engine : Engine
        Of a database whose load lock is held.
    """
    METADATA.create_all(engine)
    with engine.connect() as connection:
        dead = connection.execute(sa.select(RUNS.c.run_id).where(RUNS.c.status == "running")).scalars().all()
        if dead:
            connection.execute(sa.delete(REJECTED_ROWS).where(REJECTED_ROWS.c.run_id.in_(dead)))
            ended = sa.update(RUNS).where(RUNS.c.run_id.in_(dead))
            connection.execute(ended.values(status="interrupted", finished_at=now_ms()))
            connection.commit()
        drop_unused(connection)
        return len(dead)


def drop_unused(connection: sa.Connection) -> None:
    """Drop versions and tables that no reader can be in, and point the analysts' view to the newest one."""
    select = sa.select(SNAPSHOTS.c.version, SNAPSHOTS.c.table_name).order_by(SNAPSHOTS.c.version.desc())
    kept = connection.execute(select.limit(N_KEPT)).all()
    oldest = min((row.version for row in kept), default=0)
    for table in (CUBE_PARTS, INDEX_PARTS, PROFILES, SNAPSHOTS):
        connection.execute(sa.delete(table).where(table.c.version < oldest))
    connection.commit()
    if kept:
        point_view(connection, kept[0].table_name)
    wanted = {row.table_name for row in kept}
    for name in sa.inspect(connection).get_table_names():
        if _is_ours(name) and name not in wanted:
            connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.commit()


def point_view(connection: sa.Connection, table_name: str) -> None:
    """Make the view ``sessions`` show a table; a table of that name, which would be the reader's own, is left alone."""
    if VIEW in sa.inspect(connection).get_table_names():
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {VIEW}")
        connection.exec_driver_sql(f"CREATE VIEW {VIEW} AS SELECT * FROM {table_name}")
    else:
        connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {VIEW} AS SELECT * FROM {table_name}")


def _is_ours(name: str) -> bool:
    head, _, number = name.rpartition("_")
    return head in ("sessions", "staged", "repeated") and number.isdigit()
