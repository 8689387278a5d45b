import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.segment_cells import combinations_of, dimension_names, gather, is_open, is_too_much, segment_queries
from analytics.segments import SEGMENTS
from semantic.filter import Filter
from semantic.query import Query
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("started_at", "device", "location", "category", "gender", "time_spent_s", "pages_viewed")


def request(where: str = "", depth: int = 2) -> Request:
    return Request(SEGMENTS, Filter.from_query(where), Params(depth=depth))


def test_neither_the_variant_nor_time_nor_what_is_measured_afterwards_makes_segments() -> None:
    assert sorted(dimension_names(CATALOG)) == ["category", "device", "gender", "location"]


@pytest.mark.parametrize(("depth", "n_combinations"), [(2, 6), (3, 4)])
def test_every_combination_of_that_depth_is_asked_with_its_variants(depth: int, n_combinations: int) -> None:
    queries = segment_queries(request(depth=depth), CATALOG)
    assert len(queries) == n_combinations + 1
    assert all(query.by[-1] == "variant" for query in queries.values())


def test_a_dimension_that_is_filtered_to_one_value_is_left_out() -> None:
    assert all("device" not in by for by in combinations_of(request("device=Mobile"), CATALOG).values())
    assert any("device" in by for by in combinations_of(request("device=Mobile,Tablet"), CATALOG).values())


def test_a_combination_with_one_member_left_is_not_open() -> None:
    axes = {"device": ("Mobile", "Tablet"), "gender": ("Female", "Male"), "variant": ("Old", "New")}
    both = np.ones((2, 2, 2))
    one = both * [[[1], [1]], [[0], [0]]]
    assert is_open(answer_of(axes, n_sessions=both, n_converted=both))
    assert not is_open(answer_of(axes, n_sessions=one, n_converted=one))


def test_small_segments_are_counted_and_left_out() -> None:
    axes = {"device": ("Mobile", "Tablet"), "gender": ("Female", "Male"), "variant": ("Old", "New")}
    n = [[[60, 60], [40, 40]], [[0, 0], [500, 0]]]
    cells, n_too_small = gather([answer_of(axes, n_sessions=n, n_converted=np.zeros((2, 2, 2)))], 100)
    assert (cells.n.sum(axis=1).tolist(), cells.place.tolist(), n_too_small) == ([120, 500], [0, 3], 1)


def test_a_combination_of_too_many_cells_is_too_much(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query, whole = Query(("n_sessions",), ("device", "location", "variant")), Query(("n_sessions",), ("variant",))
    assert not is_too_much(query, store.snapshot())
    monkeypatch.setattr("analytics.segment_cells.MAX_CELLS", 10)
    assert is_too_much(query, store.snapshot())
    assert not is_too_much(whole, store.snapshot())


def test_what_no_cuboid_covers_is_too_much_where_rows_are_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query(("n_sessions",), ("device", "location", "variant"), Filter.from_query("age=20..33"))
    assert not is_too_much(query, store.snapshot())
    monkeypatch.setattr("analytics.segment_cells.MAX_ROWS_BY_SQL", 100)
    assert is_too_much(query, store.snapshot())
