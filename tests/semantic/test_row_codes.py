import numpy as np
import pytest

from semantic.catalog import Catalog
from semantic.row_codes import codes_of, cuts_of, hashes_of, row_ids_of, runs_of, single_valued, value_columns


@pytest.mark.parametrize("n_distinct", [3, 400, 100_000])
def test_codes_keep_the_order_of_values(n_distinct: int) -> None:
    values = np.random.default_rng(1).integers(0, n_distinct, 50_000) / 7
    codes = codes_of(values, cuts_of(values[::3])).astype(int)
    assert np.all(np.diff(codes[np.argsort(values)]) >= 0)


def test_a_code_that_stands_alone_holds_one_value_only() -> None:
    values = np.random.default_rng(2).normal(size=60_000).round(4)
    cuts = cuts_of(values[::50])
    codes, alone = codes_of(values, cuts), single_valued(cuts)
    for code in np.flatnonzero(alone)[::100]:
        assert len(np.unique(values[codes == code])) <= 1


def test_missing_values_have_the_last_code() -> None:
    cuts = cuts_of(np.array([1.0, 2.0]))
    assert codes_of(np.array([np.nan, 5.0]), cuts).tolist() == [len(cuts) + 1, len(cuts)]


def test_given_edges_are_cuts() -> None:
    assert {18.0, 26.0} <= set(cuts_of(np.array([1.0, 30.0]), (18, 26)))


def test_few_values_take_one_byte() -> None:
    assert codes_of(np.arange(60.0), cuts_of(np.arange(60.0))).dtype == np.uint8


def test_the_hash_of_an_id_never_changes() -> None:
    assert hashes_of(["U0000001", "Gerät"], 2).tolist() == [4938, 61324]


def test_keys_with_gaps_are_found_by_place() -> None:
    keys = np.array([2, 3, 4, 9, 10, 40])
    runs = np.concatenate([runs_of(keys[:4], 0), runs_of(keys[4:], 4)])
    assert row_ids_of(np.array([5, 0, 3, 4]), runs).tolist() == [40, 2, 9, 10]


def test_values_are_kept_of_what_is_summed_or_binned(catalog: Catalog) -> None:
    assert value_columns(catalog) == ("converted", "age", "time_spent_s", "revenue", "propensity")
