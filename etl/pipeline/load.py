"""load: a source becomes the whole of the data; readers see the old version until the new one is complete."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from config import Config
from etl.load.publish import Version, publish
from etl.load.runs import Counts, Outcome, begin_run, drop_unused, fail_run, heal, newest_snapshot, next_version
from etl.load.writing import writing
from etl.pipeline.judge import judge
from etl.pipeline.profiler import Profiler
from etl.pipeline.staging import Job, make_unique, stage
from etl.pipeline.tally import Tally
from etl.progress import Reporter
from etl.sources import source_for
from semantic.build import CubeBuilder
from semantic.catalog import VARIANT
from semantic.cube import Cube
from semantic.index_build import IndexBuilder
from semantic.index_file import IndexFile
from semantic.profile import Profile
from semantic.schema import RUNS


def load(config: Config, reporter: Reporter, *, force: bool = False) -> Outcome:
    """Return what a load did.

    Parameters
    ----------
    config : Config
        What is loaded and where to.
    reporter : Reporter
        Who tells of it.
    force : bool
        True to load a source anew that the newest version already holds.

    Raises
    ------
    ProductError
        Where the source, the configuration or the database is at fault; the data is then as it was before.
    """
    source = source_for(config)
    source.columns()
    with reporter.phase("look at the source"):
        source_hash = source.fingerprint()
    with writing(config.database_url) as engine:
        with engine.connect() as connection:
            held = None if force else held_version(connection, config, source_hash)
            if held and held.command == "load":
                return held
            run_id = begin_run(connection, "load", source.name, source_hash, config.policy_hash)
        return guarded(engine, Job(run_id, config, source, source_hash, reporter), _load)


def guarded(engine: sa.Engine, job: Job, work: Callable[[sa.Connection, Job], Outcome]) -> Outcome:
    """Return the outcome of a run; where it fails, its traces are cleared before the error goes on."""
    try:
        with engine.connect() as connection:
            outcome = work(connection, job)
            drop_unused(connection)
            return outcome
    except KeyboardInterrupt:
        heal(engine)
        raise
    except Exception as error:
        _record_failure(engine, job, error)
        raise


def held_version(connection: sa.Connection, config: Config, source_hash: str) -> Outcome | None:
    """Return what the newest run did, where it was over this source with this configuration."""
    newest = newest_snapshot(connection)
    if newest is None or newest.catalog_hash != config.catalog.fingerprint:
        return None
    if config.catalog.control not in ("", *json.loads(newest.domains)[VARIANT]["members"]):
        return None  # so that it is judged
    run = connection.execute(sa.select(RUNS).where(RUNS.c.run_id == newest.run_id)).one()
    if not source_hash or (run.source_hash, run.policy_hash) != (source_hash, config.policy_hash):
        return None
    counts = Counts(*(getattr(run, name) for name in vars(Counts())))
    return Outcome(run.run_id, newest.version, run.command, False, counts)


def _load(connection: sa.Connection, job: Job) -> Outcome:
    config = job.config
    version = next_version(connection)
    index, profiler = IndexBuilder(config.catalog), Profiler(config.catalog)
    with CubeBuilder(config.catalog, config.cube_memory_mb, index=index) as builder, profiler:
        tally = Tally(builder, profiler)
        table = stage(connection, job, f"sessions_{version}", tally)
        counted = make_unique(connection, job, table, tally, partial(_counted, builder, profiler))
        judge(connection, job, counted.cube)
        outcome = Outcome(job.run_id, version, "load", True, job.counts, job.reporter.timings, tuple(job.notices))
        with job.reporter.phase("publish"):
            publish(connection, _version(table, job, counted), config.catalog, outcome)
    return outcome


class _Counted(NamedTuple):
    cube: Cube
    packed: bytes
    profile: Profile
    rows: IndexFile | None


def _counted(builder: CubeBuilder, profiler: Profiler) -> _Counted:
    cube = builder.cube()
    return _Counted(cube, cube.to_bytes(), profiler.profile(), builder.index())


def _version(table: sa.Table, job: Job, counted: _Counted) -> Version:
    n_rows, origin, domains = job.counts.n_loaded, job.source.origin, counted.cube.domains
    return Version(table.name, n_rows, origin, domains, counted.packed, counted.profile, counted.rows)


def _record_failure(engine: sa.Engine, job: Job, error: Exception) -> None:
    """Note why a run failed and clear its table; a database that cannot take even that is healed at the next start."""
    with suppress(SQLAlchemyError, OSError), engine.connect() as connection:
        drop_unused(connection)
        fail_run(connection, job.run_id, str(error), job.counts)
