"""Notes: reads and writes saved views and annotations, for any number of processes at once."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from semantic.beside import beside_engine
from semantic.database import database_name
from semantic.errors import StoreError
from semantic.notes import rules
from semantic.notes.changing import changing, draw_slug
from semantic.notes.contents import Contents, read_contents
from semantic.notes.records import Annotation, NameTakenError, SavedView, TooManyNotesError, UnknownNoteError
from semantic.notes.tables import ANNOTATIONS, SAVED_VIEWS, place_of_notes

MAX_NOTES = 1_000
"""Of saved views, and of annotations."""
_AWAY_S = 4.0


class Notes:
    """Keeps what people add to the dashboard; nothing is connected before it is used.

    Parameters
    ----------
    database_url : str
        The configured database; with SQLite a file beside it is used.
    page_paths : sequence of str
        Addresses of our pages; a saved view leads to one of them and nowhere else.
    check_every_s : float
        How long `contents` may be served before the database is asked for changes.
    """

    def __init__(self, database_url: str, page_paths: Sequence[str], check_every_s: float = 1.0) -> None:
        place = place_of_notes(database_url)
        self.place = database_name(place)
        self.page_paths = tuple(page_paths)
        self._reader = beside_engine(place, read_only=True)
        self._writer = beside_engine(place, read_only=False)
        self._check_every_s = check_every_s
        self._check_at = -float("inf")
        self._contents: Contents | None = None
        self._lock = Lock()

    def contents(self) -> Contents:
        """Return what is there, at most about a second old; where the database is away, what was last read."""
        current = self._contents
        if current and (time.monotonic() < self._check_at or not self._lock.acquire(blocking=False)):
            return current
        if not current:
            self._lock.acquire()
        try:
            return self._look()
        finally:
            self._lock.release()

    def stamp(self) -> str:
        """Return what changes whenever something is added, replaced or deleted by any process."""
        return self.contents().stamp

    def read(self) -> Contents:
        """Return what is there, asked of the database now; raises StoreError where it is away."""
        with self._translated("read"):
            found = read_contents(self._reader, self._contents or Contents())
        self._contents, self._check_at = found, time.monotonic() + self._check_every_s
        return found

    def view(self, slug: str) -> SavedView:
        """Return the saved view of a short link; raises UnknownNoteError or StoreError."""
        return _saved_view(self.read().views, slug)

    def annotation(self, number: int) -> Annotation:
        """Return the annotation of that id; raises UnknownNoteError or StoreError."""
        found = next((a for a in self.read().annotations if a.id == number), None)
        if not found:
            raise _unknown_annotation(number)
        return found

    def add_view(self, name: str, path: str, query: str = "") -> SavedView:
        """Return a new saved view.

        Parameters
        ----------
        name : str
            1 to 80 characters; no other saved view may have it, whatever the case.
        path : str
            One of the pages' addresses.
        query : str
            The URL's query string, at most 4,000 characters.

        Raises
        ------
        NoteError
            Where a rule is broken; a `NameTakenError` or `TooManyNotesError` where that is the rule.
        StoreError
            Where it cannot be written.
        """
        made = self._checked(SavedView(draw_slug(), name, path, query, _now_ms()))
        with self._changing() as connection:
            _check_room(connection, SAVED_VIEWS, "saved views")
            _check_name(connection, made)
            connection.execute(sa.insert(SAVED_VIEWS), _row_of(made))
        return made

    def replace_view(self, slug: str, name: str, path: str, query: str = "") -> SavedView:
        """Return the saved view of that slug with another name, page and query; its short link stays.

        Parameters
        ----------
        slug : str
            Of one that exists.
        name, path, query : str
            As in `add_view`.

        Raises
        ------
        NoteError
            Where a rule is broken; an `UnknownNoteError` where there is none of that slug.
        StoreError
            Where it cannot be written.
        """
        made = self._checked(replace(self.view(slug), name=name, path=path, query=query))
        with self._changing() as connection:
            _check_name(connection, made)
            row = _row_of(made)
            changed = connection.execute(sa.update(SAVED_VIEWS).where(SAVED_VIEWS.c.slug == slug).values(row))
            _check_changed(changed, _unknown_view(slug))
        return made

    def delete_view(self, slug: str) -> None:
        """Remove a saved view; raises UnknownNoteError or StoreError."""
        _saved_view(self.read().views, slug)
        with self._changing() as connection:
            gone = connection.execute(sa.delete(SAVED_VIEWS).where(SAVED_VIEWS.c.slug == slug))
            _check_changed(gone, _unknown_view(slug))

    def add_annotation(self, day: str, text: str, variant: str | None = None) -> Annotation:
        """Return a new annotation.

        Parameters
        ----------
        day : str
            ISO date, from 1900 to 2199.
        text : str
            1 to 120 characters.
        variant : str, optional
            The engine that it is about; default: all.

        Raises
        ------
        NoteError
            Where a rule is broken.
        StoreError
            Where it cannot be written.
        """
        row: dict[str, Any] = {"day": rules.known_day(day), "created_at": _now_ms()}
        row["text"] = rules.plain_text("the text", text, rules.MAX_TEXT)
        row["variant"] = rules.plain_text("the variant", variant, rules.MAX_VARIANT) if variant else None
        with self._changing() as connection:
            _check_room(connection, ANNOTATIONS, "annotations")
            (number,) = connection.execute(sa.insert(ANNOTATIONS).values(row)).inserted_primary_key or (0,)
        return Annotation(number, day, row["text"], row["variant"], row["created_at"])

    def delete_annotation(self, number: int) -> None:
        """Remove an annotation; raises UnknownNoteError or StoreError."""
        self.annotation(number)
        with self._changing() as connection:
            gone = connection.execute(sa.delete(ANNOTATIONS).where(ANNOTATIONS.c.id == number))
            _check_changed(gone, _unknown_annotation(number))

    def _look(self) -> Contents:
        try:
            return self.read()
        except StoreError as error:
            self._contents = replace(self._contents or Contents(), fault=str(error))
            self._check_at = time.monotonic() + _AWAY_S
            return self._contents

    def _checked(self, view: SavedView) -> SavedView:
        name = rules.plain_text("the name", view.name, rules.MAX_NAME)
        path, query = rules.known_path(view.path, self.page_paths), rules.normal_query(view.query)
        return replace(view, name=name, path=path, query=query)

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        """Yield a connection whose changes are seen all at once or not at all; others wait until then."""
        with self._translated("kept"), changing(self._writer) as connection:
            yield connection
        self._check_at = -float("inf")

    @contextmanager
    def _translated(self, verb: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).splitlines()[0]
            rest = f"cannot be {verb} in {self.place} ({cause}); see that it can be opened and written"
            raise StoreError(f"saved views and annotations {rest}") from error


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _row_of(view: SavedView) -> dict[str, Any]:
    return asdict(view) | {"name_key": rules.name_key(view.name)}


def _saved_view(views: Sequence[SavedView], slug: str) -> SavedView:
    found = next((view for view in views if view.slug == slug), None)
    if not found:
        raise _unknown_view(slug)
    return found


def _check_room(connection: sa.Connection, table: sa.Table, what: str) -> None:
    n_kept = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    if n_kept >= MAX_NOTES:
        raise TooManyNotesError(f"there are {n_kept} {what}, as many as are kept; delete some that are not needed")


def _check_name(connection: sa.Connection, view: SavedView) -> None:
    same = SAVED_VIEWS.c.name_key == rules.name_key(view.name)
    taken = connection.execute(sa.select(SAVED_VIEWS.c.name).where(same, SAVED_VIEWS.c.slug != view.slug)).scalar()
    if taken:
        raise NameTakenError(
            f"there is a saved view {taken!r}, names must differ; take another name or replace that one"
        )


def _check_changed(done: "sa.CursorResult[Any]", error: UnknownNoteError) -> None:
    if not done.rowcount:
        raise error


def _unknown_view(slug: str) -> UnknownNoteError:
    return UnknownNoteError(f"there is no saved view {slug[:40]!r}; it was deleted, or its link was cut short")


def _unknown_annotation(number: int) -> UnknownNoteError:
    return UnknownNoteError(f"there is no annotation {number}; it was deleted")
