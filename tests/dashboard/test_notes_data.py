"""What people have added goes to the browser with the page."""

from pathlib import Path

from dashboard.notes_data import NOT_KEPT, notes_data
from semantic.notes import Notes


def test_without_a_place_for_notes_that_is_told() -> None:
    assert notes_data(None) == {"stamp": "", "views": [], "annotations": [], "fault": NOT_KEPT}


def test_views_and_annotations_have_the_fields_of_the_api(tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",), check_every_s=0)
    view = notes.add_view("Phones", "/", "device=Mobile")
    notes.add_annotation("2026-07-03", "Release", "New")
    sent = notes_data(notes)
    assert (sent["views"][0]["link"], sent["views"][0]["query"]) == (f"/v/{view.slug}", "device=Mobile")
    assert [sent["annotations"][0][key] for key in ("day", "text", "variant")] == ["2026-07-03", "Release", "New"]
    assert (sent["stamp"], sent["fault"]) == (notes.stamp(), "")


def test_a_fault_of_their_database_is_told_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "data.notes.db").write_bytes(b"no database" * 100)
    assert "cannot be read" in notes_data(Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",)))["fault"]
