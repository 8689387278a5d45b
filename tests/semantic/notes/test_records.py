from semantic.errors import ProductError
from semantic.notes import NameTakenError, NoteError, SavedView, TooManyNotesError, UnknownNoteError


def test_a_view_leads_to_its_page_with_or_without_a_query() -> None:
    assert SavedView("abc", "A", "/explore", "device=Mobile", 0).url == "/explore?device=Mobile"
    assert SavedView("abc", "A", "/", "", 0).url == "/"


def test_every_error_is_one_that_the_reader_can_mend() -> None:
    assert all(issubclass(kind, NoteError) for kind in (NameTakenError, TooManyNotesError, UnknownNoteError))
    assert issubclass(NoteError, ProductError)
