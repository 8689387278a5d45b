"""append: sessions of one more source are added to the data, those known by their id replaced, in one transaction."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import sqlalchemy as sa

from config import Config
from etl.load.publish import Version, publish
from etl.load.read import counted_cube, stored_frames
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
from semantic.errors import ConfigError, StoreError
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
    with CubeBuilder(catalog, job.config.cube_memory_mb, old.domains) as change, Profiler(catalog) as profiler:
        before = Before(members, _noted(stored_frames(connection, current, catalog), profiler))
        staged = stage(connection, job, f"staged_{version}", Tally(), before)
        make_unique(connection, job, staged, Tally(), lambda: None)
        with job.reporter.phase("merge"):
            _merge(connection, job, (staged, current), Tally(change, profiler))
            n_rows, cube = newest.n_rows + change.n_rows, old
            if job.counts.n_loaded:
                cube = add_cubes(old, change.cube()) or counted_cube(connection, current, job.config)
            profile = profiler.profile()
    judge(connection, job, cube)
    changed, origin = bool(job.counts.n_loaded), job.source.origin if newest.origin == "observed" else newest.origin
    number = version if changed else newest.version
    outcome = Outcome(job.run_id, number, "append", changed, job.counts, job.reporter.timings, tuple(job.notices))
    if changed:
        published = Version(current.name, n_rows, origin, cube.domains, cube.to_bytes(), profile)
        publish(connection, published, catalog, outcome)
    else:
        finish_run(connection, outcome)
        connection.commit()
    return outcome


def _noted(frames: Iterator[pd.DataFrame], profiler: Profiler) -> Iterator[pd.DataFrame]:
    for frame in frames:
        profiler.add(frame)
        yield frame


def _merge(connection: sa.Connection, job: Job, tables: tuple[sa.Table, sa.Table], change: Tally) -> None:
    """Replace and add sessions without committing; what changes is counted out and in."""
    staged, current = tables
    catalog, n_staged = job.config.catalog, job.counts.n_loaded
    gone = _changed_rows(connection, staged, current)
    for frame in stored_frames(connection, current, catalog, [current.c.row_id.in_(sa.select(gone.c.row_id))]):
        change.add(frame, sign=-1)
    connection.execute(sa.delete(current).where(current.c.row_id.in_(sa.select(gone.c.row_id))))
    is_new = ~sa.exists().where(current.c.session_id == staged.c.session_id)
    for frame in stored_frames(connection, staged, catalog, [is_new]):
        change.add(frame)
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(current.c.row_id), 0))).scalar_one()
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
