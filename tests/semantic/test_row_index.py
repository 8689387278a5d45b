import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.drill_down import DrillDown
from semantic.schema import INDEX_PARTS
from semantic.sessions_page import PageQuery, Sort
from semantic.store import Store
from tests.semantic.conftest import add_index, build_cube


@pytest.fixture
def engine(fresh_database, catalog: Catalog, sessions: pd.DataFrame) -> sa.Engine:
    return engine_for(fresh_database(sessions), read_only=False)


@pytest.fixture
def indexed(engine: sa.Engine, catalog: Catalog, sessions: pd.DataFrame) -> Store:
    add_index(engine, catalog, sessions, build_cube(catalog, sessions))
    return Store(engine, catalog)


def test_an_array_is_mapped_once_and_kept(indexed: Store) -> None:
    with indexed.reading() as (connection, snapshot):
        index = indexed.rows.index(snapshot, connection)
        codes = index.array("codes.device", connection)
        assert len(codes) == 3_000
        assert index.array("codes.device", connection) is codes
        assert index.row_ids(np.array([5, 7]), connection).tolist() == [5, 7]


def test_rows_without_users_stand_as_they_came(indexed: Store) -> None:
    with indexed.reading() as (connection, snapshot):
        index = indexed.rows.index(snapshot, connection)
        assert index.by_user("codes.device", connection) is index.array("codes.device", connection)


def test_a_version_without_one_is_read_by_sql(engine: sa.Engine, catalog: Catalog) -> None:
    assert DrillDown(Store(engine, catalog)).page(PageQuery()).origin == "sql"


def test_a_database_of_an_earlier_release_is_read_by_sql(engine: sa.Engine, catalog: Catalog) -> None:
    INDEX_PARTS.drop(engine)
    assert DrillDown(Store(engine, catalog)).page(PageQuery()).origin == "sql"


@pytest.mark.parametrize("payload", [b"broken", b""])
def test_a_damaged_one_is_passed_over(indexed: Store, engine: sa.Engine, payload: bytes) -> None:
    with engine.begin() as connection:
        connection.execute(INDEX_PARTS.update().where(INDEX_PARTS.c.name == "codes.age").values(payload=payload))
    page = DrillDown(indexed).page(PageQuery(sort=Sort("age")))
    assert (page.origin, len(page.rows)) == ("sql", 100)


def test_one_of_other_rows_is_passed_over(engine: sa.Engine, catalog: Catalog, sessions: pd.DataFrame, cube: Cube):
    add_index(engine, catalog, sessions[:2_000], cube)
    assert DrillDown(Store(engine, catalog)).page(PageQuery()).origin == "sql"
