import gc

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Compiled

from semantic.database import database_name, database_url, engine_for
from semantic.errors import StoreError


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mysql://u:p@h/d?reconnect=true", "mysql+pymysql://u:p@h/d"),
        ("mysql://u:p@h/d?charset=utf8mb4", "mysql+pymysql://u:p@h/d?charset=utf8mb4"),
        ("mariadb://h/d", "mariadb+pymysql://h/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_a_hosts_url_is_mapped_to_our_driver(text: str, wanted: str) -> None:
    assert database_url(text).render_as_string(hide_password=False) == wanted


def test_a_text_that_is_no_url_is_one_sentence_that_keeps_the_secret() -> None:
    with pytest.raises(StoreError, match="cannot be read; write one such as") as caught:
        database_url("not a url with s3cret")
    assert "s3cret" not in str(caught.value)


def test_a_writer_logs_ahead(tmp_path) -> None:
    with engine_for(f"sqlite:///{tmp_path / 'a b.db'}", read_only=False).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_ddl_is_undone_with_its_transaction(tmp_path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'a.db'}", read_only=False)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.rollback()
        assert not connection.exec_driver_sql("SELECT name FROM sqlite_master").all()


def test_a_database_is_called_by_its_file_or_its_url_without_password(tmp_path) -> None:
    file = engine_for(f"sqlite:///{tmp_path / 'a.db'}", read_only=True)
    assert database_name(file.url) == str(tmp_path / "a.db")
    assert database_name(database_url("mysql://u:secret@host/name")) == "mysql+pymysql://u:***@host/name"


def test_few_statements_are_kept_however_many_are_made(tmp_path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'a.db'}", read_only=False)
    with engine.connect() as connection:
        for place in range(300):
            connection.execute(sa.select(sa.literal_column(str(place))))
    kept = [one for one in gc.get_objects() if isinstance(one, Compiled) and one.dialect is engine.dialect]
    assert 0 < len(kept) <= 100
