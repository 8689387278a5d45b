from itertools import combinations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semantic.catalog import VARIANT
from semantic.lattice import BASE_CELLS, choose_lattice

sizes_of = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3_000), max_size=8)


def cells(cuboid: tuple[str, ...], sizes: dict[str, int]) -> int:
    return prod(sizes[name] for name in cuboid)


@given(sizes_of, st.integers(2, 5), st.integers(10, 2_000_000))
def test_the_lattice_stays_within_its_memory(sizes: dict[str, int], n_variants: int, max_cells: int) -> None:
    sizes = {**sizes, VARIANT: n_variants}
    lattice = choose_lattice(sizes, max_cells)
    assert sum(cells(cuboid, sizes) for cuboid in lattice) <= max_cells


@given(sizes_of)
def test_every_cuboid_holds_the_variant_and_is_there_once(sizes: dict[str, int]) -> None:
    lattice = choose_lattice({**sizes, VARIANT: 2}, 1_000_000)
    assert all(cuboid[0] == VARIANT for cuboid in lattice)
    assert len(set(map(frozenset, lattice))) == len(lattice)


@given(sizes_of)
def test_every_dimension_that_fits_beside_the_variant_is_covered(sizes: dict[str, int]) -> None:
    lattice = choose_lattice({**sizes, VARIANT: 2}, 1_000_000)
    assert set(sizes) <= {name for cuboid in lattice for name in cuboid}


def test_the_default_data_gets_its_whole_base_beside_the_days() -> None:
    base = {VARIANT: 2, "device": 3, "gender": 3, "category": 5, "location": 6, "age": 5}
    lattice = choose_lattice({**base, "day": 92, "time_spent_s": 20}, 1_200_000)
    assert {*base, "day"} in [set(cuboid) for cuboid in lattice]


def test_a_hundred_thousand_places_fall_to_sql_and_do_not_break_the_rest() -> None:
    lattice = choose_lattice({VARIANT: 2, "device": 3, "place": 1_000_000}, 1_000_000)
    assert lattice == ((VARIANT, "device"),)


@pytest.mark.parametrize("max_cells", [10, 1_000, 10**7])
def test_the_base_cuboid_stays_small(max_cells: int) -> None:
    sizes = {VARIANT: 2, "a": 10, "b": 20, "c": 30, "d": 40}
    assert cells(choose_lattice(sizes, max_cells)[0], sizes) <= BASE_CELLS


def test_any_view_under_filters_on_any_two_others_is_covered_in_the_default_data() -> None:
    sizes = {VARIANT: 2, "device": 3, "gender": 3, "category": 5, "age": 5, "location": 6, "pages_viewed": 22}
    sizes |= {"time_spent_s": 26, "day": 92}
    lattice = [set(cuboid) for cuboid in choose_lattice(sizes, max_cells=1_490_000)]
    triples = combinations((name for name in sizes if name != VARIANT), 3)
    assert all(any(set(triple) <= cuboid for cuboid in lattice) for triple in triples)


def test_two_numbers_may_be_filtered_at_once_beside_any_small_dimensions_in_the_default_data() -> None:
    sizes = {VARIANT: 2, "device": 3, "gender": 3, "category": 5, "age": 5, "location": 6, "pages_viewed": 11}
    sizes |= {"time_spent_s": 13, "day": 92}
    lattice = [set(cuboid) for cuboid in choose_lattice(sizes, max_cells=1_490_000)]
    assert any(sizes.keys() - {"day"} <= cuboid for cuboid in lattice)
    assert any({"day", "time_spent_s", "device", "gender", "age", "category"} <= cuboid for cuboid in lattice)
