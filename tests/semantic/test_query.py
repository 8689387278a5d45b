from datetime import date

import pytest
import sqlalchemy as sa

from semantic.catalog import MISSING, Catalog
from semantic.cube import Cube
from semantic.filter import Filter
from semantic.query import Query, place_of, to_select
from semantic.schema import sessions_table
from semantic.store import Store


def sql(query: Query, catalog: Catalog, cube: Cube) -> sa.Compiled:
    return to_select(query, catalog, cube.domains, sessions_table(catalog, "sessions_1")).compile()


def test_values_are_bound_as_parameters(catalog: Catalog, cube: Cube) -> None:
    compiled = sql(Query(("n_sessions",), (), Filter.from_query("location=x'y")), catalog, cube)
    assert "x'y" not in str(compiled)
    assert ["x'y"] in compiled.params.values() or ("x'y",) in compiled.params.values()


def test_a_query_without_dimensions_groups_by_nothing(catalog: Catalog, cube: Cube) -> None:
    assert "GROUP BY" not in str(sql(Query(("n_sessions",)), catalog, cube))


def test_a_query_knows_every_dimension_that_it_touches() -> None:
    query = Query(("n_sessions",), ("variant", "device"), Filter.from_query("device=a&age=1..2"))
    assert query.dimensions == ("variant", "device", "age")


@pytest.mark.parametrize(
    ("name", "key", "member"),
    [
        ("day", date(2026, 2, 26), "2026-02-26"),
        ("day", None, MISSING),
        ("age", 1, "18–29"),
        ("device", "Mobile", "Mobile"),
    ],
)
def test_a_key_of_sql_falls_on_its_member(cube: Cube, name: str, key: object, member: str) -> None:
    assert cube.domains[name].members[place_of(cube.domains[name], key)] == member


def test_both_ways_to_an_answer_tell_the_edges_of_binned_axes(store: Store) -> None:
    exact, cutting = (Filter.from_query(f"age=18..{high}") for high in ("50", "49"))
    answers = store.answers([Query(("n_sessions",), ("age", "variant"), where) for where in (exact, cutting)])
    assert [answer.origin for answer in answers] == ["cube", "sql"]
    assert [dict(answer.edges) for answer in answers] == [{"age": (18, 30, 50)}] * 2
