import pytest

from semantic.catalog import Catalog
from semantic.database import engine_for
from semantic.errors import StoreError
from semantic.schema import CUBE_PARTS
from semantic.snapshot import read_cube
from tests.semantic.conftest import random_sessions


def test_a_cube_is_read_whole_or_not_at_all(fresh_database, catalog: Catalog) -> None:
    engine = engine_for(fresh_database(random_sessions(50, 1)), read_only=False)
    with engine.begin() as connection:
        assert read_cube(connection, 1, catalog).domains["variant"].members == ("Old", "New")
        connection.execute(CUBE_PARTS.update().values(payload=b"broken"))
        with pytest.raises(StoreError, match="cube of version 1 is damaged"):
            read_cube(connection, 1, catalog)
