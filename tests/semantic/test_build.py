import itertools

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from semantic.build import CubeBuilder, add_cubes
from semantic.catalog import MISSING, Catalog
from semantic.cube import Cube
from tests.semantic.conftest import build_cube, random_sessions


def assert_same(one: Cube, other: Cube) -> None:
    assert one.domains == other.domains
    theirs = {cuboid.dimensions: cuboid.sums for cuboid in other.cuboids}
    for cuboid in one.cuboids:
        np.testing.assert_allclose(cuboid.sums, theirs[cuboid.dimensions], rtol=1e-9, atol=1e-7)


def change(catalog: Catalog, before: Cube, *parts: tuple[pd.DataFrame, int]) -> Cube | None:
    with CubeBuilder(catalog, 64, known=before.domains) as builder:
        for frame, sign in parts:
            builder.add(frame, sign)
        return add_cubes(before, builder.cube())


@given(st.lists(st.integers(0, 600), max_size=4), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_the_cut_into_batches_does_not_matter(catalog: Catalog, cuts: list[int], seed: int) -> None:
    frame = random_sessions(600, seed)
    edges = [0, *sorted(cuts), 600]
    whole = build_cube(catalog, frame.head(600))
    first = frame.iloc[: max(edges[1], 1)]
    parts = [frame.iloc[a:b] for a, b in itertools.pairwise(edges)]
    if whole.domains["time_spent_s"].edges == build_cube(catalog, first).domains["time_spent_s"].edges:
        assert_same(build_cube(catalog, *parts), whole)


def test_adding_rows_to_a_cube_equals_building_it_of_all(catalog: Catalog) -> None:
    first, second = random_sessions(900, 1), random_sessions(400, 2)
    before = build_cube(catalog, first)
    grown = change(catalog, before, (second, 1))
    assert grown is not None
    assert_same(grown, build_cube(catalog, first, second, known=before.domains))


def test_rows_taken_out_again_leave_no_trace(catalog: Catalog) -> None:
    first, second = random_sessions(900, 1), random_sessions(400, 2)
    before = build_cube(catalog, first, second)
    after = change(catalog, before, (second, -1))
    assert after is not None
    assert_same(after, build_cube(catalog, first, known=before.domains))


def test_a_new_member_comes_behind_the_known_ones_and_before_missing(catalog: Catalog) -> None:
    first, second = random_sessions(300, 1), random_sessions(50, 2)
    second["location"] = pd.Categorical(["Zürich"] * len(second))
    grown = change(catalog, build_cube(catalog, first), (second, 1))
    assert grown is not None
    assert grown.domains["location"].members[-2:] == ("Zürich", MISSING)


def test_a_later_day_lengthens_the_time_axis_without_a_gap(catalog: Catalog) -> None:
    first, second = random_sessions(300, 1), random_sessions(50, 2)
    second["day"] = pd.Categorical(["2026-03-20"] * len(second))
    with CubeBuilder(catalog, 64, known=build_cube(catalog, first).domains) as builder:
        builder.add(second)
        days = builder.domains()["day"].members
    assert days[0] == "2026-02-25"
    assert days[-2:] == ("2026-03-20", MISSING)
    assert len(days) == 25


def test_members_are_ordered_as_configured_then_by_size(catalog: Catalog) -> None:
    frame = random_sessions(400, 3)
    frame["device"] = pd.Categorical(["Watch"] * 100 + ["Smart TV"] * 200 + ["Mobile"] * 100)
    assert build_cube(catalog, frame).domains["device"].members == ("Mobile", "Desktop", "Smart TV", "Watch")


def test_no_rows_make_an_empty_cube(catalog: Catalog) -> None:
    cube = build_cube(catalog, random_sessions(0, 1))
    assert all(not cuboid.sums.any() for cuboid in cube.cuboids)
