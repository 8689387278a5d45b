"""Notes: what people add to the dashboard, saved views and annotations; kept beside the data, never inside a load."""

from semantic.notes.contents import Contents
from semantic.notes.notes import Notes
from semantic.notes.records import Annotation, NameTakenError, NoteError, SavedView, TooManyNotesError, UnknownNoteError

__all__ = [
    "Annotation",
    "Contents",
    "NameTakenError",
    "NoteError",
    "Notes",
    "SavedView",
    "TooManyNotesError",
    "UnknownNoteError",
]
