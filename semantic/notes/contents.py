"""Contents: everything that people have added, read in one go when it has changed."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from semantic.beside import has_no_file, is_absent
from semantic.notes.records import Annotation, SavedView
from semantic.notes.tables import ANNOTATIONS, NOTE_CHANGES, SAVED_VIEWS

_VIEWS = sa.select(*(SAVED_VIEWS.c[name] for name in ("slug", "name", "path", "query", "created_at")))
_ANNOTATIONS = sa.select(ANNOTATIONS).order_by(ANNOTATIONS.c.day, ANNOTATIONS.c.id)


@dataclass(frozen=True)
class Contents:
    """Everything that people have added, at one moment.

    Attributes
    ----------
    stamp : str
        Another one after every change by any process; empty while nothing was ever added.
    views : tuple of SavedView
        By name.
    annotations : tuple of Annotation
        By day.
    fault : str
        Why these may be old, in one sentence; empty where they are not.
    """

    stamp: str = ""
    views: tuple[SavedView, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    fault: str = ""


def read_contents(engine: sa.Engine, known: Contents) -> Contents:
    """Return what is there now.

    Parameters
    ----------
    engine : Engine
        Where it is kept; nothing is kept as long as there is no file or no table.
    known : Contents
        What was read before; rows are only read where it has changed since.
    """
    try:
        with engine.connect() as connection:
            return _read(connection, known)
    except DBAPIError as error:
        if is_absent(error) or has_no_file(engine.url):
            return Contents()
        raise


def _read(connection: sa.Connection, known: Contents) -> Contents:
    row = connection.execute(sa.select(NOTE_CHANGES)).first()
    stamp = f"{row.token}-{row.n_changes}" if row else ""
    if stamp == known.stamp:
        return replace(known, fault="")
    views = [SavedView(*found) for found in connection.execute(_VIEWS)]
    annotations = [Annotation(n, day.isoformat(), *rest) for n, day, *rest in connection.execute(_ANNOTATIONS)]
    return Contents(stamp, tuple(sorted(views, key=lambda view: view.name.casefold())), tuple(annotations))
