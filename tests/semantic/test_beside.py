import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.beside import (
    beside_engine,
    counted_change,
    counter_table,
    create_tables,
    has_no_file,
    is_absent,
    place_beside,
)

ROOT = Path(__file__).resolve().parents[2]
TABLES = sa.MetaData()
COUNTER = counter_table("counted", TABLES, sa.Column("chosen", sa.Integer))
_COUNT = """
import sys
from semantic.beside import beside_engine, counted_change, place_beside
from tests.semantic.test_beside import COUNTER
engine = beside_engine(place_beside(sys.argv[1], "things"), read_only=False)
for _ in range(20):
    with counted_change(engine, COUNTER):
        pass
"""


@pytest.fixture(params=["sqlite", "mariadb"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> sa.URL:
    """Return where things are kept beside an empty database."""
    if request.param == "sqlite":
        return place_beside(f"sqlite:///{tmp_path / 'recommender.db'}", "things")
    create: Callable[[], str] = request.getfixturevalue("new_mariadb_url")
    return place_beside(create(), "things")


def test_a_name_with_characters_of_urls_is_one_file(tmp_path: Path) -> None:
    place = place_beside(f"sqlite:///{tmp_path / 'a b%2520c#d.db'}", "things")
    with beside_engine(place, read_only=False).begin() as connection:
        create_tables(connection, TABLES)
    assert [path.name for path in tmp_path.iterdir()] == ["a b%20c#d.things.db"]


def test_a_writer_keeps_no_log_beside_the_file(tmp_path: Path) -> None:
    engine = beside_engine(place_beside(f"sqlite:///{tmp_path / 'a.db'}", "things"), read_only=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    place = place_beside(f"sqlite:///{tmp_path / 'a.db'}", "things")
    with pytest.raises(sa.exc.OperationalError, match="unable to open"):
        beside_engine(place, read_only=True).connect()
    assert list(tmp_path.iterdir()) == []
    assert has_no_file(place)


def test_tables_are_made_once_however_often_they_are_asked_for(place: sa.URL) -> None:
    engine = beside_engine(place, read_only=False)
    for _ in range(2):
        with engine.begin() as connection:
            create_tables(connection, TABLES)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["counted"]


def test_processes_that_change_at_once_are_all_counted(place: sa.URL) -> None:
    command = [sys.executable, "-c", _COUNT, place.render_as_string(hide_password=False).replace(".things.db", ".db")]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate(timeout=60)[1] for process in running] == [b""] * 3
    with beside_engine(place, read_only=True).connect() as connection:
        row = connection.execute(sa.select(COUNTER)).one()
    assert (row.n_changes, row.chosen) == (60, None)


def test_a_change_that_fails_is_not_counted(place: sa.URL) -> None:
    engine = beside_engine(place, read_only=False)
    with counted_change(engine, COUNTER):
        pass
    with pytest.raises(KeyError), counted_change(engine, COUNTER):
        raise KeyError
    with engine.connect() as connection:
        assert connection.execute(sa.select(COUNTER.c.n_changes)).scalar() == 1


@pytest.mark.parametrize(
    ("cause", "absent"),
    [("no such table: note_changes", True), ("(1146, \"Table 'a.b' doesn't exist\")", True), ("disk I/O error", False)],
)
def test_a_missing_table_is_told_from_other_faults(cause: str, absent: bool) -> None:
    assert is_absent(sa.exc.OperationalError("", None, sqlite3.OperationalError(cause))) is absent
