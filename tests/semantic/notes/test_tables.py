from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.notes.tables import create_tables, notes_engine, place_of_notes


@pytest.mark.parametrize(
    ("database", "notes"),
    [
        ("sqlite:////data/recommender.db", "sqlite:////data/recommender.notes.db"),
        ("sqlite:////data/a.b.sqlite3", "sqlite:////data/a.b.notes.db"),
        ("sqlite:////data/recommender", "sqlite:////data/recommender.notes.db"),
        ("mysql://u:p@h/d?reconnect=true", "mysql+pymysql://u:p@h/d"),
    ],
)
def test_notes_are_beside_the_data_and_never_in_a_file_that_a_load_locks(database: str, notes: str) -> None:
    assert place_of_notes(database).render_as_string(hide_password=False) == notes


def test_a_name_with_characters_of_urls_is_one_file(tmp_path: Path) -> None:
    place = place_of_notes(f"sqlite:///{tmp_path / 'a b%2520c#d.db'}")
    with notes_engine(place, read_only=False).begin() as connection:
        create_tables(connection)
    assert [path.name for path in tmp_path.iterdir()] == ["a b%20c#d.notes.db"]


def test_a_writer_keeps_no_log_beside_the_file(tmp_path: Path) -> None:
    engine = notes_engine(place_of_notes(f"sqlite:///{tmp_path / 'a.db'}"), read_only=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    engine = notes_engine(place_of_notes(f"sqlite:///{tmp_path / 'a.db'}"), read_only=True)
    with pytest.raises(sa.exc.OperationalError, match="unable to open"):
        engine.connect()
    assert list(tmp_path.iterdir()) == []


def test_tables_are_made_once_however_often_they_are_asked_for(url: str) -> None:
    engine = notes_engine(place_of_notes(url), read_only=False)
    for _ in range(2):
        with engine.begin() as connection:
            create_tables(connection)
    with engine.connect() as connection:
        assert {"saved_views", "annotations", "note_changes"} == set(sa.inspect(connection).get_table_names())
