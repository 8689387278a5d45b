import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semantic.exact_values import ValueCode, ValueFitter

DECIMALS = st.integers(-(10**6), 10**6).flatmap(lambda n: st.sampled_from([n / 1, n / 10, n / 100, n / 10_000]))


def fitted(*portions: list[float]) -> ValueCode:
    fitter = ValueFitter()
    for portion in portions:
        fitter.add(np.array(portion, dtype=float))
    return fitter.code()


@given(st.lists(DECIMALS | st.floats() | st.just(np.nan)), st.lists(DECIMALS | st.just(np.nan)))
def test_values_come_back_to_the_bit(first: list[float], second: list[float]) -> None:
    code, values = fitted(first, second), np.array([*first, *second], dtype=float)
    again = ValueCode.from_array(code.to_array())
    np.testing.assert_array_equal(again.decode(code.encode(values)), values)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0.0, 1.0, np.nan], np.uint8),
        ([18.0, 272.0], np.uint8),
        ([18.0, 273.0], np.uint16),
        ([0.0, 99.99], np.uint16),
        ([0.25, 5_000.0], np.uint32),
        ([1 / 3], np.float64),
        ([np.inf, 1.0], np.float64),
        ([0.0, 5e9], np.float64),
        ([np.nan], np.uint8),
    ],
)
def test_the_smallest_type_is_taken_that_loses_nothing(values: list[float], kind: type) -> None:
    code = fitted(values)
    assert code.encode(np.array(values)).dtype == kind


def test_few_codes_have_a_table() -> None:
    np.testing.assert_array_equal(fitted([1.5, 1.7, np.nan]).table(), [np.nan, 1.5, 1.6, 1.7])
    assert fitted([0.0, 1e6]).table() is None
    assert fitted([1 / 3]).table() is None
