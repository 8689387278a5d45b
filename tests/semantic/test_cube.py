import zlib

import numpy as np
import pandas as pd
import pytest

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.filter import Filter
from semantic.query import Query
from tests.semantic.conftest import build_cube, random_sessions

BOTH = ("n_sessions", "n_converted")


def test_the_sums_are_those_of_pandas(cube: Cube, sessions: pd.DataFrame) -> None:
    query = Query(("n_sessions", "sum_revenue"), ("variant", "device"), Filter.from_query("location=Bangalore"))
    [answer] = cube.answers([query], version=1)
    kept = sessions[sessions.location == "Bangalore"]
    wanted = kept.pivot_table(index="variant", columns="device", values="revenue", aggfunc="sum", observed=False)
    wanted = wanted.reindex(index=answer.members["variant"], columns=answer.members["device"])
    np.testing.assert_allclose(answer["sum_revenue"], wanted.to_numpy(), rtol=1e-12)


def test_queries_asked_together_get_what_each_gets_alone(cube: Cube) -> None:
    where = Filter.from_query("device=Mobile&day=2026-02-26..2026-03-02&age=18–29")
    queries = [Query(BOTH, by, where.without(*by)) for by in [("variant",), ("variant", "day"), ("age", "location")]]
    together = cube.answers(queries, version=1)
    for query, answer in zip(queries, together, strict=True):
        [alone] = cube.answers([query], version=1)
        for measure in BOTH:
            np.testing.assert_array_equal(answer[measure], alone[measure])


def test_members_outside_the_filter_are_there_with_zero(cube: Cube) -> None:
    [answer] = cube.answers([Query(BOTH, ("device",), Filter.from_query("device=Mobile"))], version=1)
    assert answer.members["device"] == ("Mobile", "Desktop", "Smart TV")
    assert answer["n_sessions"][0] > 0
    assert answer["n_sessions"][1:].tolist() == [0, 0]


def test_the_order_of_the_axes_is_that_of_the_query(cube: Cube) -> None:
    [one] = cube.answers([Query(BOTH, ("device", "variant"))], version=1)
    [other] = cube.answers([Query(BOTH, ("variant", "device"))], version=1)
    np.testing.assert_array_equal(one["n_sessions"], other["n_sessions"].T)


@pytest.mark.parametrize(
    "query",
    [
        Query(BOTH, (), Filter.from_query("age=20..30")),
        Query(("n_wishes",)),
    ],
)
def test_what_no_cuboid_covers_is_left_to_sql(cube: Cube, query: Query) -> None:
    assert cube.answers([query], version=1) == [None]


def test_the_cube_survives_its_bytes(cube: Cube, catalog: Catalog) -> None:
    again = Cube.from_bytes(cube.to_bytes(), catalog)
    assert again.domains == cube.domains
    for one, other in zip(cube.cuboids, again.cuboids, strict=True):
        assert one.dimensions == other.dimensions
        np.testing.assert_array_equal(one.sums, other.sums)


def test_damaged_bytes_are_noticed(cube: Cube, catalog: Catalog) -> None:
    damaged = bytearray(cube.to_bytes())
    damaged[len(damaged) // 2] ^= 255
    with pytest.raises((ValueError, zlib.error)):
        Cube.from_bytes(bytes(damaged), catalog)


def test_memory_is_bounded_by_what_was_asked(catalog: Catalog) -> None:
    small = build_cube(catalog, random_sessions(500, seed=2), memory_mb=0.05)
    assert small.n_bytes <= 0.05 * 2**20
