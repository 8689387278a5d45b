"""Staging: a source into a table of its own that no reader sees, each session once, and counted into a cube."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pandas as pd
import sqlalchemy as sa

from config import Config
from etl.clean import Cleaner, Rejection, Sessions, raw_rows, sift
from etl.load.bulk import bulk_writer, rows_of
from etl.load.duplicates import Surplus, delete_rows, find_surplus, make_key
from etl.load.read import stored_frames
from etl.load.runs import Counts, write_rejections
from etl.pipeline.ahead import ahead
from etl.pipeline.tally import Tally
from etl.pipeline.users import FIELDS, Exposures, UserPolicy, policy_for
from etl.progress import Reporter
from etl.sources import Source
from semantic.catalog import SESSION_ID, USER_ID
from semantic.schema import sessions_table

T = TypeVar("T")
CONFLICT = "session id must stand for one session"


@dataclass(frozen=True)
class Job:
    """One run over one source.

    Attributes
    ----------
    run_id : int
        Its number.
    config : Config
        How the source becomes sessions.
    source : Source
        Where they come from.
    source_hash : str
        SHA-256 of the source; empty where it is not known.
    reporter : Reporter
        Who tells of it.
    counts : Counts
        What became of the records so far.
    notices : list of str
        What the reader should know.
    """

    run_id: int
    config: Config
    source: Source
    source_hash: str
    reporter: Reporter
    counts: Counts = field(default_factory=Counts)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Before:
    """What an append finds.

    Attributes
    ----------
    members : mapping of str to iterable of str
        Spellings that fields have.
    sessions : iterable of DataFrame
        What is stored.
    """

    members: Mapping[str, Iterable[str]] = field(default_factory=dict)
    sessions: Iterable[pd.DataFrame] = ()


def stage(connection: sa.Connection, job: Job, name: str, tally: Tally, before: Before | None = None) -> sa.Table:
    """Return a new table with the sessions of a source, not yet unique, ``row_id`` being their line; counts them too.

    Parameters
    ----------
    connection : Connection
        To a database whose load lock is held.
    job : Job
        What is loaded.
    name : str
        Name of the new table.
    tally : Tally
        Is given every session that stays.
    before : Before, optional
        What is stored already.
    """
    table = sessions_table(job.config.catalog, name)
    table.create(connection)
    connection.commit()
    before = before or Before()
    cleaner = Cleaner(job.config, job.source.columns(), job.source_hash, before.members)
    stream = _Stream(job, cleaner, tally)
    for frame in before.sessions:
        stream.exposures.add(frame)
    _write_all(connection, job, table, stream)
    return table


def make_unique(connection: sa.Connection, job: Job, table: sa.Table, tally: Tally, count: Callable[[], T]) -> T:
    """Return what is counted of the sessions once each of them stands once.

    Parameters
    ----------
    connection : Connection
        To the database.
    job : Job
        What was staged; its counts become final.
    table : Table
        As `stage` returned it; gets its unique key.
    tally : Tally
        As it was given to `stage`; surplus sessions are counted out.
    count : callable
        Counts what the tally was given. It runs while the database sorts, and again in the rare case of duplicates.
    """
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count)
        with job.reporter.phase("make sessions unique"):
            is_unique = make_key(connection, table)
        with job.reporter.phase("build the cube"):
            counted = counting.result()
    if is_unique:
        return counted
    with job.reporter.phase("take out duplicates"):
        _resolve(connection, job, table, tally)
        return count()


class _Stream:
    """Sessions of a job, batch by batch, each counted into the cube and its users noted."""

    def __init__(self, job: Job, cleaner: Cleaner, tally: Tally) -> None:
        self._job, self._cleaner, self._tally = job, cleaner, tally
        self.exposures = Exposures()

    def sessions(self) -> Iterator[Sessions]:
        from etl.validate import Validator  # pandera is slow to import, and most starts load nothing

        validator, policy = Validator(self._job.config), self._user_policy()
        for batch in self._job.source.batches():
            cleaned = self._cleaner.clean(batch)
            self.exposures.add(cleaned.frame)
            faults = [*cleaned.faults, *validator.faults(cleaned.frame), *policy.faults(cleaned.frame)]
            sessions = sift(batch, cleaned.frame, faults)
            self._tally.add(sessions.frame, row_ids=np.asarray(sessions.lines, dtype=np.int64))
            yield sessions

    def _user_policy(self) -> UserPolicy:
        fields = self._job.config.fields
        policy = self._job.config.cleaning.users_in_two_variants if USER_ID in fields else "keep"
        column = fields[USER_ID].column if USER_ID in fields else ""
        return policy_for(policy, column, self._exposed(), self._exposed())

    def _exposed(self) -> Iterator[pd.DataFrame]:
        for batch in self._job.source.batches():
            yield self._cleaner.clean(batch, only=FIELDS).frame


def _write_all(connection: sa.Connection, job: Job, table: sa.Table, stream: _Stream) -> None:
    catalog, size = job.config.catalog, job.source.size
    with bulk_writer(connection, table) as writer, job.reporter.phase("load rows", size):
        for sessions, rows in ahead((s, rows_of(s.frame, s.lines, catalog)) for s in stream.sessions()):
            write_rejections(connection, job.run_id, sessions.rejected)
            connection.commit()
            writer.write(rows)
            job.counts.n_read += sessions.n_read
            job.counts.n_quarantined += len(sessions.rejected)
            job.counts.n_loaded += len(sessions.lines)
            job.reporter.advance(sessions.done, size, job.counts.n_read)
        job.counts.n_users_in_two_variants = len(stream.exposures.in_two_variants())
    if writer.notice:
        job.notices.append(writer.notice)


def _resolve(connection: sa.Connection, job: Job, table: sa.Table, tally: Tally) -> None:
    surplus = find_surplus(connection, table, job.config.cleaning.conflicting)
    rows = surplus.rows
    for start in range(0, len(rows), 500):
        portion = table.c.row_id.in_(rows[start : start + 500].tolist())
        for frame in stored_frames(connection, table, job.config.catalog, [portion]):
            tally.add(frame, sign=-1)
    delete_rows(connection, table, rows)
    tally.forget(rows)
    for rejections in _conflicts(job, surplus):
        write_rejections(connection, job.run_id, rejections)
        connection.commit()
    job.counts.n_loaded -= len(rows)
    job.counts.n_duplicates += len(surplus.duplicates)
    job.counts.n_quarantined += len(surplus.conflicts)
    if not make_key(connection, table):
        raise AssertionError(f"sessions of {table.name} are not unique after their surplus was deleted")


def _conflicts(job: Job, surplus: Surplus) -> Iterator[list[Rejection]]:
    """Yield the conflicting records as they stand in the source, by reading it once more."""
    lines = np.sort(surplus.conflicts)
    column = job.config.fields[SESSION_ID].column if SESSION_ID in job.config.fields else ""
    for batch in job.source.batches() if len(lines) else ():
        places = np.flatnonzero(np.isin(batch.lines, lines))
        table = batch.table.take(places)
        values = table[column].to_pylist() if column else [None] * len(places)
        yield [
            Rejection(line, column, CONFLICT, None if value is None else str(value), raw)
            for line, value, raw in zip(batch.lines[places].tolist(), values, raw_rows(table), strict=True)
        ]
        if len(batch.lines) and batch.lines[-1] >= lines[-1]:
            return
