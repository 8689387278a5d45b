import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.breakdown import BREAKDOWN, BreakdownResult, compute_breakdown
from semantic.errors import UnknownNameError
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("device", "location")


def breakdown(n: object, converted: object, by: str = "device") -> BreakdownResult:
    """Return the breakdown of sessions and conversions, a row a member, columns New and Old."""
    members = [f"m{place}" for place in range(len(np.asarray(n)))]
    cells = answer_of({by: members, "variant": ("New", "Old")}, n_sessions=n, n_converted=converted)
    return compute_breakdown({"cells": cells}, Request(BREAKDOWN, params=Params(by=by)), CATALOG)


def test_each_member_is_split_by_variant_with_control_first() -> None:
    result = breakdown([[10, 20], [30, 40]], [[5, 1], [6, 4]])
    assert result.variants == ("Old", "New")
    assert [[rate.value for rate in row.variants] for row in result.rows] == [[0.05, 0.5], [0.1, 0.2]]


def test_the_total_divides_the_sums_of_all_variants() -> None:
    row = breakdown([[10, 990]], [[10, 0]]).rows[0]
    assert row.total.value == pytest.approx(0.01)
    assert row.total.n == 1_000


def test_a_member_without_sessions_keeps_its_row_without_a_rate() -> None:
    row = breakdown([[10, 10], [0, 0]], [[1, 1], [0, 0]]).rows[1]
    assert (row.member, row.total.value, row.total.n) == ("m1", None, 0)


def test_of_many_members_the_largest_are_kept_in_their_order() -> None:
    sizes = np.random.default_rng(5).permutation(100) + 1
    result = breakdown(np.stack([sizes, sizes], axis=1), np.zeros((100, 2)), by="location")
    kept = [int(row.member[1:]) for row in result.rows]
    assert kept == sorted(kept)
    assert {int(sizes[place]) for place in kept} == set(range(71, 101))
    assert result.n_members == 100


@pytest.mark.parametrize("by", ["", "variant", "devise"])
def test_a_dimension_must_be_named_that_the_data_has(by: str) -> None:
    with pytest.raises(UnknownNameError, match="Known: device, location"):
        BREAKDOWN.queries(Request(BREAKDOWN, params=Params(by=by)), CATALOG)


def test_data_with_the_variant_alone_have_no_breakdown() -> None:
    assert not BREAKDOWN.is_available(catalog_of())
    assert BREAKDOWN.is_available(CATALOG)


def test_the_dimension_carries_its_label() -> None:
    assert (breakdown([[1, 1]], [[0, 0]]).dimension, breakdown([[1, 1]], [[0, 0]]).label) == ("device", "Device")
