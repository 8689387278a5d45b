"""The tables of saved views and annotations."""

import sqlalchemy as sa

from semantic.beside import counter_table, exact_text, place_beside

_NOTES = sa.MetaData()


SAVED_VIEWS = sa.Table(
    "saved_views",
    _NOTES,
    sa.Column("slug", exact_text(16), primary_key=True),
    sa.Column("name", exact_text(80), nullable=False),
    sa.Column("name_key", exact_text(64), nullable=False, unique=True),
    sa.Column("path", exact_text(191), nullable=False),
    sa.Column("query", exact_text(4_000), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""One row a saved view; ``name_key`` is equal for names that differ in case alone."""

ANNOTATIONS = sa.Table(
    "annotations",
    _NOTES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("text", exact_text(120), nullable=False),
    sa.Column("variant", exact_text(191)),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""One row an annotation of a day."""

NOTE_CHANGES = counter_table("note_changes", _NOTES)
"""One row, counted up by every change."""


def place_of_notes(text: str) -> sa.URL:
    """Return where notes are kept: the configured database, or a file beside one of SQLite."""
    return place_beside(text, "notes")
