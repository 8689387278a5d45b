"""Provenance: where the data came from: the runs that made it, and the records that they refused, with reasons."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from semantic.errors import StoreError, UnknownNameError
from semantic.schema import REJECTED_ROWS, RUNS
from semantic.store import describe_database_error

N_RUNS = 20
N_EXAMPLES = 3
N_SHOWN_REASONS = 50
REJECTED_COLUMNS = ("run_id", "line", "column_name", "rule", "value", "raw")
_PORTION = 5_000
_USER = re.compile(r"://[^\s'\"]*@")
_SECRET_KEY = re.compile(r"(?i)([?&;][\w.-]*(?:pass|pwd|secret|token|key|auth|credential)[\w.-]*=)[^&;\s'\"]+")


@dataclass(frozen=True, slots=True)
class Run:
    """One load or append.

    Attributes
    ----------
    run_id : int
        Its number; later runs have higher ones.
    command : str
        ``load`` or ``append``.
    source : str
        What was read, without users and passwords.
    source_hash : str
        SHA-256 of the source; empty where it is not known.
    status : str
        ``running``, ``succeeded``, ``failed`` or ``interrupted``.
    started_at : int
        ms since 1970, UTC.
    finished_at : int or None
        ms since 1970, UTC; None while it runs.
    n_read, n_loaded, n_duplicates, n_quarantined : int
        Records; of a run that succeeded the first is the sum of the others.
    n_users_in_two_variants : int
        Users with readable records under more than one variant.
    version : int or None
        Version of the data that was visible after it; None where it did not succeed.
    timings : mapping of str to float
        Seconds by phase.
    message : str
        Why it failed, or what it noticed; without passwords.
    """

    run_id: int
    command: str
    source: str
    source_hash: str
    status: str
    started_at: int
    finished_at: int | None
    n_read: int
    n_loaded: int
    n_duplicates: int
    n_quarantined: int
    n_users_in_two_variants: int
    version: int | None
    timings: Mapping[str, float]
    message: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A record that a run refused.

    Attributes
    ----------
    run_id, line : int
        The run, and where the record stood in the source.
    column_name : str
        Source column in which the rule was broken; empty where the record could not be split into columns.
    rule : str
        What should hold.
    value : str or None
        What the cell held.
    raw : str
        The record as it was.
    """

    run_id: int
    line: int
    column_name: str
    rule: str
    value: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that records broke first in one column.

    Attributes
    ----------
    column, rule : str
        Source column, and what should hold in it.
    n_records : int
        How many broke it.
    examples : tuple of RejectedRow
        The first few of them.
    """

    column: str
    rule: str
    n_records: int
    examples: tuple[RejectedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What one run refused.

    Attributes
    ----------
    run : Run
        The run.
    reasons : tuple of Reason
        Most frequent first; their counts add up to ``run.n_quarantined`` of a run that succeeded.
    """

    run: Run
    reasons: tuple[Reason, ...]


class Provenance:
    """Reads runs and refused records; only reads.

    Parameters
    ----------
    engine : Engine
        Where the tables are.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._newest: Quarantine | None = None

    def runs(self, limit: int = N_RUNS) -> tuple[Run, ...]:
        """Return the newest runs, newest first; raises StoreError where the database is away."""
        with self._reading() as connection:
            return runs_of(connection, limit)

    def quarantine(self, run_id: int | None = None) -> Quarantine | None:
        """Return what a run refused, or None where no run refused anything.

        Parameters
        ----------
        run_id : int, optional
            The run; default: the newest that refused anything.

        Raises
        ------
        StoreError
            Where the database is away.
        UnknownNameError
            Where there is no such run.
        """
        with self._reading() as connection:
            run = rejecting_run(connection, run_id)
            if run is None:
                return None
            known = self._newest
            if known and known.run == run and run.finished_at:
                return known
            self._newest = found = Quarantine(run, reasons_of(connection, run.run_id, N_EXAMPLES))
            return found

    def rejected_rows(self, run_id: int | None = None) -> Iterator[list[RejectedRow]]:
        """Yield every record that a run refused, in order of lines, some thousand at a time; raises as `quarantine`."""
        with self._reading() as connection:
            run = rejecting_run(connection, run_id)
            if run is None:
                return
            select = rejected_select(run.run_id).execution_options(yield_per=_PORTION)
            for rows in connection.execute(select).partitions():
                yield [RejectedRow(*row) for row in rows]

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(describe_database_error(error, self._engine.url)) from error


def runs_of(connection: sa.Connection, limit: int = N_RUNS) -> tuple[Run, ...]:
    """Return the newest runs, newest first."""
    rows = connection.execute(sa.select(RUNS).order_by(RUNS.c.run_id.desc()).limit(limit))
    return tuple(_run(row) for row in rows.mappings())


def rejecting_run(connection: sa.Connection, run_id: int | None = None) -> Run | None:
    """Return a run, by default the newest that refused anything, None where none did.

    Raises
    ------
    UnknownNameError
        Where there is no run of that number.
    """
    select = sa.select(RUNS).where(RUNS.c.run_id == (_newest_rejecting() if run_id is None else run_id))
    row = connection.execute(select).mappings().first()
    if row is None and run_id is not None:
        last = connection.execute(sa.select(sa.func.max(RUNS.c.run_id))).scalar()
        known = f"they are numbered from 1 to {last}" if last else "nothing was loaded yet"
        raise UnknownNameError(f"there is no run {run_id}; {known}")
    return _run(row) if row else None


def reasons_of(connection: sa.Connection, run_id: int, n_examples: int = 0) -> tuple[Reason, ...]:
    """Return the rules that records of a run broke first, most frequent first, each with its first few records."""
    rejected = REJECTED_ROWS.c
    ends = (sa.func.min(rejected.rejected_id), sa.func.max(rejected.rejected_id))
    select = sa.select(rejected.column_name, rejected.rule, sa.func.count().label("n"), *ends)
    select = select.where(rejected.run_id == run_id).group_by(rejected.column_name, rejected.rule)
    found = connection.execute(select.order_by(sa.desc("n"), rejected.column_name, rejected.rule)).all()
    shown = [_examples(connection, run_id, reason, n_examples) for reason in found[:N_SHOWN_REASONS] if n_examples]
    examples = shown + [()] * (len(found) - len(shown))
    return tuple(Reason(row[0], row[1], row[2], few) for row, few in zip(found, examples, strict=True))


def rejected_select(run_id: int | None = None) -> sa.Select[Any]:
    """Return the SQL for the records that a run, by default the newest that did, refused, in the order of lines."""
    columns = [REJECTED_ROWS.c[name] for name in REJECTED_COLUMNS]
    wanted = _newest_rejecting() if run_id is None else run_id
    return sa.select(*columns).where(REJECTED_ROWS.c.run_id == wanted).order_by(REJECTED_ROWS.c.line)


def without_passwords(text: str) -> str:
    """Return a text whose URLs name neither user nor password.

    Examples
    --------
    >>> without_passwords("sessions of mysql://shop:secret@host/shop?password=x")
    'sessions of mysql://host/shop?password=***'
    """
    return _SECRET_KEY.sub(r"\1***", _USER.sub("://", text))


def _newest_rejecting() -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.max(RUNS.c.run_id)).where(RUNS.c.n_quarantined > 0).scalar_subquery()


def _examples(connection: sa.Connection, run_id: int, reason: Any, n_examples: int) -> tuple[RejectedRow, ...]:
    column, rule, _, first, last = reason
    rejected = REJECTED_ROWS.c
    select = sa.select(*(rejected[name] for name in REJECTED_COLUMNS)).where(
        rejected.run_id == run_id, rejected.rejected_id.between(first, last)
    )
    select = select.where(rejected.column_name == column, rejected.rule == rule)
    rows = connection.execute(select.order_by(rejected.rejected_id).limit(n_examples))
    return tuple(RejectedRow(*row) for row in rows)


def _run(row: Mapping[Any, Any]) -> Run:
    values = {name: row[name] for name in Run.__dataclass_fields__}
    values["source"] = without_passwords(row["source"])
    values["message"] = without_passwords(row["message"] or "")
    values["timings"] = json.loads(row["timings"] or "{}")
    return Run(**values)
