import pytest

from semantic.cube import Cube
from semantic.filter import Clause, Filter
from semantic.intersection import intersection
from semantic.query import Query


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ("", "", ""),
        ("device=Mobile", "", "device=Mobile"),
        ("device=Mobile", "age=18..26", "age=18..26&device=Mobile"),
        ("device=Mobile,Tablet", "device=Desktop,Tablet", "device=Tablet"),
        ("age=18..50", "age=26..", "age=26..50"),
        ("day=2026-07-01..2026-08-01", "day=2026-07-20..", "day=2026-07-20..2026-08-01"),
        ("day=2026-07-01..2026-08-01", "day=2026-07-31,2026-08-01,(missing)", "day=2026-07-31"),
        ("age=..", "age=18–25,(missing)", "age=18–25"),
    ],
)
def test_the_intersection_keeps_what_both_keep(one: str, two: str, both: str) -> None:
    for a, b in ((one, two), (two, one)):
        assert intersection(Filter.from_query(a), Filter.from_query(b)) == Filter.from_query(both)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("device=Mobile", "device=Tablet"),
        ("device=Mobile&age=18..26", "device=Tablet&age=18–25"),
        ("age=18..26", "age=26..50"),
        ("day=2026-07-01..2026-08-01", "day=2026-08-01"),
    ],
)
def test_what_excludes_each_other_keeps_nothing(one: str, two: str) -> None:
    found = intersection(Filter.from_query(one), Filter.from_query(two))
    assert found is not None
    assert found.clauses == (Clause(found.dimensions[0], ()),)


@pytest.mark.parametrize("two", ["age=18–25", "age=18–25&device=Mobile"])
def test_names_of_bands_and_a_range_of_numbers_have_no_intersection(two: str) -> None:
    assert intersection(Filter.from_query("age=18..26"), Filter.from_query(two)) is None


@pytest.mark.parametrize("one", ["device=Mobile,Desktop", "day=2026-02-27..2026-03-03", "age=18..50", "device=Mobile"])
@pytest.mark.parametrize("two", ["device=Mobile", "day=2026-03-01,2026-03-05", "age=30..", "device=Desktop&age=..30"])
def test_its_sessions_are_those_of_both_members_masks(cube: Cube, one: str, two: str) -> None:
    a, b = Filter.from_query(one), Filter.from_query(two)
    names = tuple(dict.fromkeys((*a.dimensions, *b.dimensions)))
    cells = [cube.answers([Query(("n_sessions",), names, where)], 1)[0]["n_sessions"] for where in (a, b)]
    expected = cells[0][cells[1] > 0].sum()
    found = intersection(a, b)
    assert found is not None
    (answer,) = cube.answers([Query(("n_sessions",), (), found)], 1)
    assert answer["n_sessions"] == expected
