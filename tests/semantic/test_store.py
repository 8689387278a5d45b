from threading import Barrier, Thread

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from semantic.catalog import Catalog
from semantic.database import engine_for
from semantic.errors import StoreError, UnknownNameError
from semantic.filter import EVERYTHING, Filter, FilterError
from semantic.query import Query
from semantic.schema import CUBE_PARTS, SNAPSHOTS
from semantic.store import Store
from tests.semantic.conftest import build_cube, publish, random_sessions

BOTH = ("n_sessions", "n_converted")


def test_the_cube_answers_what_it_covers(store: Store) -> None:
    assert store.answer(Query(BOTH, ("variant", "device"))).origin == "cube"


def test_sql_answers_what_the_cube_does_not_cover(store: Store, sessions: pd.DataFrame) -> None:
    answer = store.answer(Query(BOTH, ("variant",), Filter.from_query("age=20..33")))
    kept = sessions[(sessions.age >= 20) & (sessions.age < 33)]
    counts = kept.groupby("variant", observed=False).size()
    assert answer.origin == "sql"
    assert answer["n_sessions"].tolist() == [counts[v] for v in answer.members["variant"]]


def test_an_unknown_dimension_is_named_with_the_nearest(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'device'"):
        store.answer(Query(BOTH, ("devices",)))


def test_a_range_of_a_category_is_refused(store: Store) -> None:
    with pytest.raises(FilterError, match="no order"):
        store.answer(Query(BOTH, (), Filter.from_query("device=1..2")))


def test_a_new_version_is_served_without_a_restart(fresh_database, catalog: Catalog) -> None:
    first, second = random_sessions(50, 1), random_sessions(80, 2)
    url = fresh_database(first)
    store = Store(engine_for(url, read_only=True), catalog, check_every_s=0)
    assert store.answer(Query(BOTH))["n_sessions"] == 50
    publish(engine_for(url, read_only=False), catalog, second, build_cube(catalog, second), version=2)
    assert store.answer(Query(BOTH))["n_sessions"] == 80
    assert store.version() == 2


def test_the_last_version_is_served_while_the_database_is_away(fresh_database, catalog: Catalog, tmp_path) -> None:
    url = fresh_database(random_sessions(50, 1))
    store = Store(engine_for(url, read_only=True), catalog, check_every_s=0)
    store.snapshot()
    store.engine.dispose()
    for file in tmp_path.glob("fresh.db*"):
        file.unlink()
    assert store.answer(Query(BOTH))["n_sessions"] == 50
    with pytest.raises(StoreError, match="python -m etl load"):
        store.ping()


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(sa.exc.OperationalError, match="readonly"), store.engine.begin() as connection:
        connection.execute(CUBE_PARTS.delete())


def test_no_database_is_one_sentence_with_the_remedy(tmp_path, catalog: Catalog) -> None:
    store = Store(engine_for(f"sqlite:///{tmp_path / 'none.db'}", read_only=True), catalog)
    with pytest.raises(StoreError, match=r"no data is loaded yet .* python -m etl load"):
        store.snapshot()


def test_a_damaged_cube_is_one_sentence(fresh_database, catalog: Catalog) -> None:
    url = fresh_database(random_sessions(50, 1))
    with engine_for(url, read_only=False).begin() as connection:
        connection.execute(CUBE_PARTS.update().values(payload=b"broken"))
    with pytest.raises(StoreError, match="cube of version 1 is damaged"):
        Store(engine_for(url, read_only=True), catalog).snapshot()


def test_data_of_another_configuration_is_not_served(sqlite_url: str) -> None:
    other = Catalog((), (), (), ())
    with pytest.raises(StoreError, match="another configuration"):
        Store(engine_for(sqlite_url, read_only=True), other).snapshot()


def test_rows_loaded_since_with_another_configuration_are_refused(fresh_database, catalog: Catalog) -> None:
    first, second = random_sessions(50, 1), random_sessions(80, 2)
    url = fresh_database(first)
    store, writer = Store(engine_for(url, read_only=True), catalog, check_every_s=0), engine_for(url, read_only=False)
    store.snapshot()
    publish(writer, catalog, second, build_cube(catalog, second), version=2)
    with writer.begin() as connection:
        connection.execute(SNAPSHOTS.update().where(SNAPSHOTS.c.version == 2).values(catalog_hash="another"))
    with pytest.raises(StoreError, match="another configuration"), store.reading():
        pass
    assert store.answer(Query(BOTH))["n_sessions"] == 50


def test_reading_is_of_the_version_that_the_connection_sees(fresh_database, catalog: Catalog) -> None:
    url, second = fresh_database(random_sessions(50, 1)), random_sessions(80, 2)
    store = Store(engine_for(url, read_only=True), catalog, check_every_s=60)
    store.snapshot()
    publish(engine_for(url, read_only=False), catalog, second, build_cube(catalog, second), version=2)
    with store.reading() as (connection, snapshot):
        counted = connection.execute(sa.select(sa.func.count()).select_from(snapshot.table)).scalar()
    assert (snapshot.version, snapshot.n_rows, counted) == (2, 80, 80)


@pytest.mark.parametrize(
    ("text", "kept", "word"),
    [
        ("device=Mobile,Toaster", "device=Mobile", "'Toaster'"),
        ("device=Toaster", "", "'Toaster'"),
        ("colour=red&device=Mobile", "device=Mobile", "'colour'"),
        ("location=1..2", "", "no order"),
    ],
)
def test_what_a_link_asks_in_vain_becomes_a_notice(store: Store, text: str, kept: str, word: str) -> None:
    where, notices = store.resolve(Filter.from_query(text))
    assert where.to_query() == kept
    assert len(notices) == 1
    assert word in notices[0]


def test_no_filter_resolves_to_itself(store: Store) -> None:
    assert store.resolve(EVERYTHING) == (EVERYTHING, ())


def test_hostile_values_are_bound_and_not_run(store: Store) -> None:
    hostile = "x'); DROP TABLE snapshots; --"
    where = Filter.from_query("age=20..33").replace(Filter.from_query(f"location={hostile}").clauses[0])
    assert not np.any(store.answer(Query(BOTH, (), where))["n_sessions"])
    assert store.ping() == 1


def test_while_one_thread_asks_the_database_others_get_the_last_version(sqlite_url: str, catalog: Catalog) -> None:
    asking, go_on = Barrier(2), Barrier(2)
    store = Store(engine_for(sqlite_url, read_only=True), catalog, check_every_s=0)
    store.snapshot()

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def wait(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "snapshots" in statement:
            asking.wait(5)
            go_on.wait(5)

    thread = Thread(target=store.snapshot)
    thread.start()
    asking.wait(5)
    assert store.snapshot().version == 1
    go_on.wait(5)
    thread.join()
