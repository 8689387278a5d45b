import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.errors import StoreError
from semantic.notes import Contents, NameTakenError, NoteError, Notes, TooManyNotesError, UnknownNoteError
from semantic.notes import notes as module
from tests.semantic.notes.conftest import PATHS

HARD = ["नया इंजन 🚀", 'O\'Neil "50 %" \\ ; --', "</script><img src=x>", "{{x}} ${y} %s"]


def test_where_nothing_was_added_there_is_nothing_and_nothing_is_made(notes: Notes, tmp_path: Path) -> None:
    assert notes.read() == notes.contents() == Contents()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", HARD)
def test_what_is_added_is_read_as_it_was_written(notes: Notes, url: str, text: str) -> None:
    view = notes.add_view(text, "/explore", "device=Mobile")
    annotation = notes.add_annotation("2026-07-31", text, "New")
    found = Notes(url, PATHS).read()
    assert (found.views, found.annotations) == ((view,), (annotation,))
    assert (view.name, view.url) == (text, "/explore?device=Mobile")
    assert (annotation.day, annotation.text, annotation.variant) == ("2026-07-31", text, "New")
    assert abs(view.created_at / 1000 - time.time()) < 60


def test_the_longest_of_everything_fits(notes: Notes) -> None:
    notes.add_view("🚀" * 80, "/", "a=" + "b" * 3998)
    notes.add_annotation("2026-07-31", "🚀" * 120, "🚀" * 191)
    found = notes.read()
    assert (len(found.views[0].query), len(found.annotations[0].text)) == (4000, 120)


@pytest.mark.parametrize("name", ["Mobile", "MOBILE", " mobile "])
def test_a_name_is_taken_whatever_its_case(notes: Notes, name: str) -> None:
    notes.add_view("Mobile", "/")
    with pytest.raises(NameTakenError, match=r"^there is a saved view 'Mobile', names must differ; take another"):
        notes.add_view(name, "/explore")
    assert len(notes.read().views) == 1


def test_views_stand_by_name_and_annotations_by_day(notes: Notes) -> None:
    for name, day in (("b", "2026-07-02"), ("C", "2026-07-03"), ("a", "2026-07-01")):
        notes.add_view(name, "/")
        notes.add_annotation(day, name)
    found = notes.read()
    assert [view.name for view in found.views] == ["a", "b", "C"]
    assert [annotation.text for annotation in found.annotations] == ["a", "b", "C"]


def test_a_replaced_view_keeps_its_link(notes: Notes) -> None:
    view = notes.add_view("before", "/", "a=1")
    notes.add_view("other", "/")
    made = notes.replace_view(view.slug, "BEFORE", "/explore", "b=2")
    assert notes.view(view.slug) == made
    assert (made.name, made.url, made.created_at) == ("BEFORE", "/explore?b=2", view.created_at)
    with pytest.raises(NameTakenError):
        notes.replace_view(view.slug, "Other", "/")


def test_a_view_replaced_by_itself_is_no_fault(notes: Notes) -> None:
    view = notes.add_view("same", "/")
    assert notes.replace_view(view.slug, "same", "/") == view


def test_what_is_deleted_is_gone_and_its_number_not_used_again(notes: Notes) -> None:
    view, annotation = notes.add_view("a", "/"), notes.add_annotation("2026-07-31", "a")
    notes.delete_view(view.slug)
    notes.delete_annotation(annotation.id)
    assert (notes.read().views, notes.read().annotations) == ((), ())
    assert notes.add_annotation("2026-07-31", "b").id == annotation.id + 1


def test_what_does_not_exist_is_said_so(notes: Notes) -> None:
    for ask in (notes.view, notes.delete_view, lambda slug: notes.replace_view(slug, "a", "/")):
        with pytest.raises(
            UnknownNoteError, match=r"^there is no saved view 'abc'; it was deleted, or its link was cut"
        ):
            ask("abc")
    with pytest.raises(UnknownNoteError, match=r"^there is no annotation 7; it was deleted$"):
        notes.delete_annotation(7)


def test_broken_rules_change_nothing(notes: Notes) -> None:
    view = notes.add_view("a", "/")
    before = notes.read()
    for name, path, query in (("", "/", ""), ("b", "//evil.example", ""), ("b", "/", "a" * 4001), ("a" * 81, "/", "")):
        with pytest.raises(NoteError):
            notes.replace_view(view.slug, name, path, query)
    with pytest.raises(NoteError):
        notes.add_annotation("2026-07-31", " ")
    assert notes.read() == before


def test_there_is_a_limit_to_what_is_kept(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NOTES", 2)
    for name in ("a", "b"):
        notes.add_view(name, "/")
        notes.add_annotation("2026-07-31", name)
    stamp = notes.read().stamp
    with pytest.raises(TooManyNotesError, match=r"^there are 2 saved views, as many as are kept; delete some"):
        notes.add_view("c", "/")
    with pytest.raises(TooManyNotesError, match=r"^there are 2 annotations"):
        notes.add_annotation("2026-07-31", "c")
    assert notes.read().stamp == stamp


def test_the_stamp_changes_with_every_change_and_with_nothing_else(notes: Notes) -> None:
    stamps = [notes.stamp()]
    view = notes.add_view("a", "/")
    stamps.append(notes.stamp())
    notes.replace_view(view.slug, "b", "/")
    stamps.append(notes.stamp())
    notes.delete_view(view.slug)
    stamps.append(notes.stamp())
    assert len(set(stamps)) == 4
    assert notes.stamp() == stamps[-1] == notes.read().stamp


def test_the_change_of_another_process_is_seen_within_a_second(notes: Notes, url: str) -> None:
    other = Notes(url, PATHS, check_every_s=0.2)
    assert other.contents().views == ()
    view = notes.add_view("a", "/")
    time.sleep(0.25)
    assert other.contents().views == (view,)
    assert other.stamp() == notes.stamp()


def test_between_two_looks_the_database_is_not_asked(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.add_view("a", "/")
    known = notes.contents()
    monkeypatch.setattr(module, "read_contents", lambda *_: pytest.fail("asked"))
    assert [notes.contents() for _ in range(100)] == [known] * 100


def test_a_database_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    notes = Notes(f"sqlite:///{tmp_path / 'file' / 'recommender.db'}", PATHS)
    with pytest.raises(
        StoreError, match=r"^saved views and annotations cannot be kept in .*recommender.notes.db"
    ) as error:
        notes.add_view("a", "/")
    assert "unable to open database file" in str(error.value)
    assert "\n" not in str(error.value)
    assert notes.contents() == Contents()


def test_where_the_database_goes_away_the_last_contents_are_served(tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'recommender.db'}", PATHS, check_every_s=0)
    view = notes.add_view("a", "/")
    assert notes.contents().views == (view,)
    Path(notes.place).write_bytes(b"no database at all" * 100)
    found = notes.contents()
    assert found.views == (view,)
    assert found.fault.startswith("saved views and annotations cannot be read in")
    with pytest.raises(StoreError, match="file is not a database"):
        notes.read()


def test_a_file_removed_under_a_running_product_is_made_anew(tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'recommender.db'}", PATHS)
    notes.add_view("a", "/")
    stamp = notes.stamp()
    Path(notes.place).unlink()
    assert notes.read() == Contents()
    notes.add_view("a", "/")
    assert notes.stamp() != stamp


def test_a_silent_server_is_given_up_and_its_password_not_told() -> None:
    notes = Notes("mysql://someone:s3cret@127.0.0.1:1/none", PATHS)
    fault = notes.contents().fault
    assert "cannot be read in mysql+pymysql://someone:***@127.0.0.1:1/none" in fault
    assert "s3cret" not in fault


def test_no_connection_is_kept_between_uses(notes: Notes) -> None:
    notes.add_view("a", "/")
    assert isinstance(notes._reader.pool, sa.pool.NullPool)
    assert isinstance(notes._writer.pool, sa.pool.NullPool)
