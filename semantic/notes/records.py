"""SavedView and Annotation: what people add, and the errors about it."""

from dataclasses import dataclass

from semantic.errors import ProductError


class NoteError(ProductError):
    """A saved view or an annotation breaks a rule."""


class NameTakenError(NoteError):
    """Another saved view has that name."""


class TooManyNotesError(NoteError):
    """There are as many as are kept."""


class UnknownNoteError(NoteError):
    """There is no such saved view or annotation."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page with its filter and options under a name.

    Attributes
    ----------
    slug : str
        What stands in its short link; ten letters and digits drawn at random.
    name : str
        What people call it: plain text, to be escaped where it is shown.
    path : str
        Address of the page.
    query : str
        Filter and options as they stand in the URL, encoded, without ``?``.
    created_at : int
        ms since 1970, UTC.
    """

    slug: str
    name: str
    path: str
    query: str
    created_at: int

    @property
    def url(self) -> str:
        """Where it leads, from the top of this host."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened on a day: a release, a campaign.

    Attributes
    ----------
    id : int
        Its number; never used twice.
    day : str
        ISO date.
    text : str
        What happened: plain text, to be escaped where it is shown.
    variant : str or None
        The engine that it is about; None: all.
    created_at : int
        ms since 1970, UTC.
    """

    id: int
    day: str
    text: str
    variant: str | None
    created_at: int
