"""changing: one change by one process at a time, counted, seen whole or not at all."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from semantic.notes.contents import is_absent
from semantic.notes.tables import NOTE_CHANGES, create_tables

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_N_LETTERS = 10
_COUNT_UP = sa.update(NOTE_CHANGES).where(NOTE_CHANGES.c.id == 1).values(n_changes=NOTE_CHANGES.c.n_changes + 1)
_FIRST_ROW = (
    sa.insert(NOTE_CHANGES)
    .prefix_with("OR IGNORE", dialect="sqlite")
    .prefix_with("IGNORE", dialect="mysql")
    .prefix_with("IGNORE", dialect="mariadb")
)


def draw_slug() -> str:
    """Return ten letters and digits that are not taken for one another, out of 8e14."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_N_LETTERS))


@contextmanager
def changing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection for one change; other writers wait for its end, readers see it whole or not at all.

    Parameters
    ----------
    engine : Engine
        Where notes are kept; the tables are made where they are missing.
    """
    with engine.begin() as connection:
        is_counted = _count_up(connection)
        if is_counted:
            yield connection
    if not is_counted:
        _prepare(engine)
        with changing(engine) as connection:
            yield connection


def _prepare(engine: sa.Engine) -> None:
    """Make what is missing, in a transaction of its own: two that wait for one new row would lock each other out."""
    with engine.begin() as connection:
        create_tables(connection)
        connection.execute(_FIRST_ROW, {"id": 1, "token": draw_slug(), "n_changes": 0})


def _count_up(connection: sa.Connection) -> int:
    """Return 1 once the one row of changes is counted up, and with it locked; 0 where it is not there."""
    try:
        return int(connection.execute(_COUNT_UP).rowcount)
    except DBAPIError as error:
        if is_absent(error):
            return 0
        raise
