"""Sessions that stand twice: which rows go, by the unique key and by the policy for conflicting content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from semantic.schema import session_key

Conflicting = Literal["quarantine", "first", "last"]
_DUPLICATE_KEY = 1062


@dataclass(frozen=True, slots=True)
class Surplus:
    """Rows that must go so that each session stands once.

    Attributes
    ----------
    duplicates : ndarray of int
        ``row_id`` of rows that say nothing new, or lose to another by policy.
    conflicts : ndarray of int
        ``row_id`` of rows that contradict each other.
    """

    duplicates: npt.NDArray[np.int64]
    conflicts: npt.NDArray[np.int64]

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """All of them, ascending."""
        return np.sort(np.concatenate([self.duplicates, self.conflicts]))


def make_key(connection: sa.Connection, table: sa.Table) -> bool:
    """Return whether the unique key on session ids could be made; False where one stands twice."""
    try:
        session_key(table).create(connection)
        connection.commit()
    except (IntegrityError, OperationalError) as error:
        connection.rollback()
        if isinstance(error, OperationalError) and getattr(error.orig, "args", (0,))[0] != _DUPLICATE_KEY:
            raise
        return False
    finally:
        table.indexes.clear()
    return True


def find_surplus(connection: sa.Connection, table: sa.Table, conflicting: Conflicting) -> Surplus:
    """Return the rows that repeat or contradict another row of their session.

    Parameters
    ----------
    connection : Connection
        To the database.
    table : Table
        Sessions without a unique key.
    conflicting : {"quarantine", "first", "last"}
        What becomes of rows with one session id and different content.
    """
    repeated = sa.select(table.c.session_id).group_by(table.c.session_id).having(sa.func.count() > 1).subquery()
    content = [column for column in table.columns if column.name not in ("row_id", "session_id")]
    select = (
        sa.select(table.c.session_id, table.c.row_id, *content)
        .join(repeated, repeated.c.session_id == table.c.session_id)
        .order_by(table.c.session_id, table.c.row_id)
        .execution_options(yield_per=10_000)
    )
    duplicates: list[int] = []
    conflicts: list[int] = []
    for rows in _by_session(connection.execute(select)):
        again, different = _judge(rows, conflicting)
        duplicates += again
        conflicts += different
    return Surplus(np.array(duplicates, dtype=np.int64), np.array(conflicts, dtype=np.int64))


def delete_rows(connection: sa.Connection, table: sa.Table, rows: npt.NDArray[np.int64]) -> None:
    """Delete rows by their row_id, in portions; commits each."""
    for start in range(0, len(rows), 500):
        connection.execute(sa.delete(table).where(table.c.row_id.in_(rows[start : start + 500].tolist())))
    connection.commit()


def _by_session(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield list(group)


def _judge(rows: list[Any], conflicting: Conflicting) -> tuple[list[int], list[int]]:
    """Return the row ids of one session that are duplicates, and those in conflict."""
    first_of: dict[tuple[Any, ...], int] = {}
    duplicates = []
    for _, row_id, *content in rows:
        if first_of.setdefault(tuple(content), row_id) != row_id:
            duplicates.append(row_id)
    different = list(first_of.values())
    if len(different) == 1:
        return duplicates, []
    if conflicting == "quarantine":
        return duplicates, different
    winner = 0 if conflicting == "first" else -1
    return duplicates + [row_id for row_id in different if row_id != different[winner]], []
