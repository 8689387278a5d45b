from typing import Any

import pytest
import sqlalchemy as sa

from etl.load.duplicates import Conflicting, Surplus, delete_rows, find_surplus, make_key
from etl.load.writing import writing
from tests.etl.project import Project

TABLE = sa.Table(
    "sessions_9",
    sa.MetaData(),
    sa.Column("row_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("session_id", sa.String(20)),
    sa.Column("age", sa.Double),
)
ROWS = [
    (1, "a", 1.0),
    (2, "b", None),
    (3, "a", 1.0),
    (4, "b", None),
    (5, "c", 1.0),
    (6, "c", None),
    (7, "c", 1.0),
    (8, "d", 0.1),
]


def found(project: Project, conflicting: Conflicting) -> tuple[bool, Surplus, list[Any], bool]:
    with writing(project.url) as engine, engine.connect() as connection:
        TABLE.create(connection)
        connection.execute(sa.insert(TABLE), [dict(zip(TABLE.columns.keys(), row, strict=True)) for row in ROWS])
        connection.commit()
        first = make_key(connection, TABLE)
        surplus = find_surplus(connection, TABLE, conflicting)
        delete_rows(connection, TABLE, surplus.rows)
        left = list(connection.execute(sa.select(TABLE.c.row_id).order_by(TABLE.c.row_id)).scalars())
        return first, surplus, left, make_key(connection, TABLE)


@pytest.mark.parametrize(
    ("conflicting", "duplicates", "conflicts", "left"),
    [
        ("quarantine", [3, 4, 7], [5, 6], [1, 2, 8]),
        ("first", [3, 4, 6, 7], [], [1, 2, 5, 8]),
        ("last", [3, 4, 5, 7], [], [1, 2, 6, 8]),
    ],
)
def test_surplus_rows_follow_the_policy(
    any_project: Project, conflicting: Conflicting, duplicates: list[int], conflicts: list[int], left: list[int]
) -> None:
    had_key, surplus, kept, has_key = found(any_project, conflicting)
    assert (had_key, has_key) == (False, True)
    assert sorted(surplus.duplicates.tolist()) == duplicates
    assert sorted(surplus.conflicts.tolist()) == conflicts
    assert kept == left
