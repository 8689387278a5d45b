import numpy as np
import pytest

from analytics.members import asked_dimension, bin_ends, largest, present, splitting_dimensions
from semantic.errors import UnknownNameError
from tests.analytics.answers import catalog_of

CATALOG = catalog_of("device", "age")


def test_sessions_split_by_every_dimension_but_the_variant() -> None:
    assert [dimension.name for dimension in splitting_dimensions(CATALOG)] == ["device", "age"]


def test_a_known_dimension_is_found() -> None:
    assert asked_dimension("age", "dimension", splitting_dimensions(CATALOG)) is CATALOG.dimension("age")


@pytest.mark.parametrize("name", ["", "variant", "devise"])
def test_an_unknown_dimension_is_told_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown row .*Known: age, device"):
        asked_dimension(name, "row", splitting_dimensions(CATALOG))


def test_the_largest_keep_their_order_and_the_first_of_equals_wins() -> None:
    assert largest(np.array([5.0, 7.0, 5.0, 9.0]), at_most=3) == [0, 1, 3]
    assert largest(np.array([1.0]), at_most=3) == [0]


def test_the_missing_member_is_not_present() -> None:
    assert present(("a", "(missing)", "b")) == [0, 2]


def test_bins_without_edges_have_no_ends() -> None:
    assert bin_ends((), 2) == ((None, None), (None, None))


def test_data_without_missing_values_has_bins_alone() -> None:
    assert bin_ends((18.0,), 2) == ((None, 18.0), (18.0, None))
