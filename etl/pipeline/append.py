"""append: sessions of one more source are added to the data, those known by their id replaced, in one transaction."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pandas as pd
import sqlalchemy as sa

from config import Config
from etl.load.publish import Version, publish
from etl.load.read import stored_rows
from etl.load.runs import Outcome, begin_run, finish_run, newest_snapshot, next_version
from etl.load.writing import writing
from etl.pipeline.judge import judge
from etl.pipeline.load import guarded, held_version, load
from etl.pipeline.profiler import Profiler
from etl.pipeline.staging import Before, Job, make_unique, stage
from etl.pipeline.tally import Tally
from etl.progress import Reporter
from etl.sources import source_for
from semantic.build import CubeBuilder, add_cubes
from semantic.catalog import MISSING
from semantic.cube import Cube
from semantic.errors import ConfigError, StoreError
from semantic.index_build import IndexBuilder
from semantic.index_file import IndexFile
from semantic.row_codes import Places
from semantic.schema import sessions_table
from semantic.snapshot import read_cube


def append(config: Config, reporter: Reporter) -> Outcome:
    """Return what an append did; it is a load where there is no data yet.

    Parameters
    ----------
    config : Config
        What is added and where to.
    reporter : Reporter
        Who tells of it.

    Raises
    ------
    ProductError
        Where the source, the configuration or the database is at fault; the data is then as it was before.
    """
    policy = config.cleaning.users_in_two_variants
    if policy != "keep":
        raise ConfigError(
            f"cleaning.users_in_two_variants is {policy}, which new sessions can turn against stored ones, so nothing "
            "can be appended; run: python -m etl load over the whole log"
        )
    source = source_for(config)
    source.columns()
    with reporter.phase("look at the source"):
        source_hash = source.fingerprint()
    with writing(config.database_url) as engine:
        with engine.connect() as connection:
            newest = newest_snapshot(connection)
            if newest and newest.catalog_hash != config.catalog.fingerprint:
                raise StoreError("the data was loaded with another configuration; run: python -m etl load")
            if held := held_version(connection, config, source_hash):
                return held
            run_id = begin_run(connection, "append", source.name, source_hash, config.policy_hash) if newest else 0
        if newest:
            return guarded(engine, Job(run_id, config, source, source_hash, reporter), _append)
    return load(config, reporter)


def _append(connection: sa.Connection, job: Job) -> Outcome:
    newest: Any = newest_snapshot(connection)
    catalog, version = job.config.catalog, next_version(connection)
    old, current = read_cube(connection, newest.version, catalog), sessions_table(catalog, newest.table_name)
    members = {name: [m for m in d.members if m != MISSING] for name, d in old.domains.items()}
    index, profiler = IndexBuilder(catalog), Profiler(catalog)
    with CubeBuilder(catalog, job.config.cube_memory_mb, old.domains, index) as change, profiler, ExitStack() as files:
        before = Before(members, _noted(stored_rows(connection, current, catalog), change, profiler))
        staged = stage(connection, job, f"staged_{version}", Tally(), before)
        make_unique(connection, job, staged, Tally(), lambda: None)
        with job.reporter.phase("merge"):
            _merge(connection, job, (staged, current), Tally(change, profiler))
            if not job.counts.n_loaded:
                return _unchanged(connection, job, newest.version, old)
            cube, rows = add_cubes(old, change.cube()), change.index()
            if cube is None:
                cube, rows = _counted_anew(connection, job, current, files)
        judge(connection, job, cube)
        outcome = Outcome(job.run_id, version, "append", True, job.counts, job.reporter.timings, tuple(job.notices))
        origin = job.source.origin if newest.origin == "observed" else newest.origin
        n_rows, profile = newest.n_rows + change.n_rows, profiler.profile()
        published = Version(current.name, n_rows, origin, cube.domains, cube.to_bytes(), profile, rows)
        publish(connection, published, catalog, outcome)
    return outcome


def _unchanged(connection: sa.Connection, job: Job, version: int, cube: Cube) -> Outcome:
    judge(connection, job, cube)
    outcome = Outcome(job.run_id, version, "append", False, job.counts, job.reporter.timings, tuple(job.notices))
    finish_run(connection, outcome)
    connection.commit()
    return outcome


def _counted_anew(
    connection: sa.Connection, job: Job, table: sa.Table, files: ExitStack
) -> tuple[Cube, IndexFile | None]:
    """Return cube and index of all stored sessions; the files that these need are closed with the stack."""
    catalog = job.config.catalog
    builder = files.enter_context(CubeBuilder(catalog, job.config.cube_memory_mb, index=IndexBuilder(catalog)))
    for row_ids, frame in stored_rows(connection, table, catalog):
        builder.add(frame, row_ids=row_ids)
    return builder.cube(), builder.index()


def _noted(
    rows: Iterator[tuple[Places, pd.DataFrame]], change: CubeBuilder, profiler: Profiler
) -> Iterator[pd.DataFrame]:
    for row_ids, frame in rows:
        profiler.add(frame)
        change.add(frame, 0, row_ids)
        yield frame


def _merge(connection: sa.Connection, job: Job, tables: tuple[sa.Table, sa.Table], change: Tally) -> None:
    """Replace and add sessions without committing; what changes is counted out and in."""
    staged, current = tables
    catalog, n_staged = job.config.catalog, job.counts.n_loaded
    gone = _changed_rows(connection, staged, current)
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(current.c.row_id), 0))).scalar_one()
    for row_ids, frame in stored_rows(connection, current, catalog, [current.c.row_id.in_(sa.select(gone.c.row_id))]):
        change.add(frame, sign=-1)
        change.forget(row_ids)
    connection.execute(sa.delete(current).where(current.c.row_id.in_(sa.select(gone.c.row_id))))
    is_new = ~sa.exists().where(current.c.session_id == staged.c.session_id)
    for row_ids, frame in stored_rows(connection, staged, catalog, [is_new]):
        change.add(frame, row_ids=row_ids + last)
    columns = [staged.c.row_id + last, *(staged.c[c.name] for c in catalog.columns)]
    rows = sa.select(*columns).where(is_new)
    added = connection.execute(sa.insert(current).from_select([c.name for c in current.columns], rows))
    job.counts.n_loaded = added.rowcount
    job.counts.n_duplicates += n_staged - added.rowcount


def _changed_rows(connection: sa.Connection, staged: sa.Table, current: sa.Table) -> sa.Table:
    """Return a table with the row_id of each stored session that the staged ones contradict."""
    gone = sa.Table(
        staged.name.replace("staged", "repeated"),
        sa.MetaData(),
        sa.Column(
            "row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
    )
    gone.create(connection)
    connection.commit()
    content = [c.name for c in current.columns if c.name not in ("row_id", "session_id")]
    differs = sa.or_(*(current.c[name].is_distinct_from(staged.c[name]) for name in content))
    rows = sa.select(current.c.row_id).join(staged, staged.c.session_id == current.c.session_id).where(differs)
    connection.execute(sa.insert(gone).from_select(["row_id"], rows))
    return gone
