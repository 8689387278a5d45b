import sqlalchemy as sa

from semantic.catalog import Catalog
from semantic.schema import session_key, sessions_table


def test_the_table_holds_the_row_number_and_the_catalogs_columns(catalog: Catalog) -> None:
    table = sessions_table(catalog, "sessions_7")
    assert [c.name for c in table.columns] == ["row_id", *(c.name for c in catalog.columns)]
    assert table.primary_key.columns.keys() == ["row_id"]


def test_the_session_id_is_unique(catalog: Catalog) -> None:
    key = session_key(sessions_table(catalog, "sessions_7"))
    assert key.unique
    assert key.name == "ux_sessions_7"


def test_two_versions_are_two_tables(catalog: Catalog) -> None:
    names = {sessions_table(catalog, f"sessions_{i}").name for i in (1, 2)}
    assert names == {"sessions_1", "sessions_2"}
    assert isinstance(sessions_table(catalog, "sessions_1").c.revenue.type, sa.Double)
