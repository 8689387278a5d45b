import pytest
import sqlalchemy as sa

from semantic.beside import beside_engine
from semantic.notes import Notes
from semantic.notes.tables import place_of_notes


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


def test_notes_are_in_these_tables(url: str, notes: Notes) -> None:
    notes.add_view("a", "/")
    with beside_engine(place_of_notes(url), read_only=True).connect() as connection:
        assert {"saved_views", "annotations", "note_changes"} == set(sa.inspect(connection).get_table_names())
