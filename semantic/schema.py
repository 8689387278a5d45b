"""The tables of the database; a sessions table is made for each version of the data."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from semantic.catalog import Catalog, ColumnType

METADATA = sa.MetaData()
_TEXT_LENGTH = 191
_EXACT = "utf8mb4_bin"
ROW_ID = "row_id"
"""Order of arrival: the key of each sessions table."""

_LONG_TEXT = sa.Text().with_variant(mysql.LONGTEXT(charset="utf8mb4"), "mysql", "mariadb")
_BLOB = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("run_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("command", sa.String(16), nullable=False),
    sa.Column("source", sa.String(1024), nullable=False),
    sa.Column("source_hash", sa.String(64), nullable=False),
    sa.Column("policy_hash", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("finished_at", sa.BigInteger),
    sa.Column("n_read", sa.BigInteger, nullable=False, default=0),
    sa.Column("n_loaded", sa.BigInteger, nullable=False, default=0),
    sa.Column("n_duplicates", sa.BigInteger, nullable=False, default=0),
    sa.Column("n_quarantined", sa.BigInteger, nullable=False, default=0),
    sa.Column("n_users_in_two_variants", sa.BigInteger, nullable=False, default=0),
    sa.Column("version", sa.Integer),
    sa.Column("timings", _LONG_TEXT),
    sa.Column("message", _LONG_TEXT),
)
"""One row a load or append. Times are ms since 1970 in UTC; status is running, succeeded, failed or interrupted."""

REJECTED_ROWS = sa.Table(
    "rejected_rows",
    METADATA,
    sa.Column("rejected_id", _BIG, primary_key=True, autoincrement=True),
    sa.Column("run_id", sa.Integer, nullable=False, index=True),
    sa.Column("line", sa.BigInteger, nullable=False),
    sa.Column("column_name", sa.String(_TEXT_LENGTH), nullable=False),
    sa.Column("rule", sa.String(_TEXT_LENGTH), nullable=False),
    sa.Column("value", _LONG_TEXT),
    sa.Column("raw", _LONG_TEXT, nullable=False),
)
"""Every row that a run refused: where it stood, which rule it broke, and the row as it was."""

SNAPSHOTS = sa.Table(
    "snapshots",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("run_id", sa.Integer, nullable=False),
    sa.Column("table_name", sa.String(64), nullable=False),
    sa.Column("loaded_at", sa.BigInteger, nullable=False),
    sa.Column("n_rows", sa.BigInteger, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("catalog_hash", sa.String(64), nullable=False),
    sa.Column("domains", _LONG_TEXT, nullable=False),
)
"""One row a version of the data; the highest one is what readers see. Its insertion is what makes a load visible."""

CUBE_PARTS = sa.Table(
    "cube_parts",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", _BLOB, nullable=False),
)
"""The cube of a version in pieces of at most 1 MB."""

INDEX_PARTS = sa.Table(
    "index_parts",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(_TEXT_LENGTH), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", _BLOB, nullable=False),
)
"""The row index of a version: named arrays in pieces of about 1 MB. A version without one is read by SQL alone."""

PROFILES = sa.Table(
    "profiles",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", _LONG_TEXT, nullable=False),
)
"""What is missing in a version and how often its users came; a version of an older release has none."""


def sessions_table(catalog: Catalog, name: str) -> sa.Table:
    """Return the table that holds the sessions of one version.

    Parameters
    ----------
    catalog : Catalog
        Its columns.
    name : str
        Its name in the database, such as ``sessions_3``.

    Returns
    -------
    Table
        ``row_id`` (order of arrival) as primary key, then the catalog's columns. The unique key on ``session_id``
        is made by `session_key` after bulk loading.
    """
    columns = [sa.Column(c.name, _sql_type(c.type), nullable=c.type not in ("flag",)) for c in catalog.columns]
    row_id = sa.Column(ROW_ID, _BIG, primary_key=True, autoincrement=False)
    return sa.Table(name, sa.MetaData(), row_id, *columns)


def session_key(table: sa.Table) -> sa.Index:
    """Return the unique key by which a session is loaded exactly once."""
    return sa.Index(f"ux_{table.name}", table.c.session_id, unique=True)


def _sql_type(kind: ColumnType) -> sa.types.TypeEngine[Any]:
    text = sa.String(_TEXT_LENGTH).with_variant(
        mysql.VARCHAR(_TEXT_LENGTH, charset="utf8mb4", collation=_EXACT), "mysql", "mariadb"
    )
    types: dict[ColumnType, sa.types.TypeEngine[Any]] = {
        "text": text,
        "number": sa.Double(),
        "integer": sa.Integer(),
        "flag": sa.SmallInteger(),
        "date": sa.Date(),
        "timestamp": sa.BigInteger(),
    }
    return types[kind]
