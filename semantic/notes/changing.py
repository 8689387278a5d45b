"""changing: one change by one process at a time, counted, seen whole or not at all."""

import secrets
from contextlib import AbstractContextManager

import sqlalchemy as sa

from semantic.beside import counted_change
from semantic.notes.tables import NOTE_CHANGES

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_N_LETTERS = 10


def draw_slug() -> str:
    """Return ten letters and digits that are not taken for one another, out of 8e14."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_N_LETTERS))


def changing(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    """Return a context of one change, see `counted_change`."""
    return counted_change(engine, NOTE_CHANGES)
