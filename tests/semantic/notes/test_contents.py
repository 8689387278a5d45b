from pathlib import Path

import sqlalchemy as sa

from semantic.notes import Contents, Notes
from semantic.notes.contents import read_contents
from semantic.notes.tables import SAVED_VIEWS


def test_what_has_not_changed_is_not_read_again(notes: Notes) -> None:
    notes.add_view("a", "/")
    known = notes.read()
    with notes._writer.begin() as connection:  # behind the counter's back
        connection.execute(sa.delete(SAVED_VIEWS))
    assert read_contents(notes._reader, known).views is known.views
    assert read_contents(notes._reader, Contents()).views == ()


def test_a_fault_is_forgotten_when_it_is_over(notes: Notes) -> None:
    assert read_contents(notes._reader, Contents(fault="away")).fault == ""


def test_a_folder_in_the_place_of_the_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.notes.db").mkdir()
    notes = Notes(f"sqlite:///{tmp_path / 'a.db'}", ["/"])
    assert "unable to open database file" in notes.contents().fault
