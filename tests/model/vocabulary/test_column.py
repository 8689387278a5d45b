import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from model.examples import Feature
from model.vocabulary.column import absent_column, as_arrow, encode_column
from model.vocabulary.meaning import missing, reader_for

DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop"), has_missing=True)
AGE = Feature("age", "Age", "number", low=16, high=75, has_missing=True)
TEXTS = ["Desktop", None, "Mobile", "Desktop"]
CODES = [1, np.nan, 0, 1]


@pytest.mark.parametrize(
    "values",
    [
        TEXTS,
        np.array(TEXTS, dtype=object),
        pd.Series(TEXTS),
        pd.Categorical(TEXTS),
        pd.Categorical(TEXTS, categories=["Tablet", "Desktop", "Mobile"]),
        pa.array(TEXTS),
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS).dictionary_encode(),
        pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
        pa.chunked_array([pa.array(TEXTS[:1]).dictionary_encode(), pa.array(TEXTS[1:]).dictionary_encode()]),
    ],
)
def test_a_category_is_read_by_its_words_whatever_holds_them(values: object) -> None:
    found = encode_column("device", reader_for(DEVICE), as_arrow(values))
    np.testing.assert_array_equal(found.numbers, CODES)
    assert (found.faults, found.repairs) == ([], [])


@pytest.mark.parametrize(
    "values",
    [
        [30, None, 41],
        ["30", "", " 41 "],
        ["30", "na", "41"],
        np.array([30, np.nan, 41]),
        pa.array([30, None, 41], pa.int8()),
        pa.array(["30", None, "41"]).dictionary_encode(),
        np.array([30, None, "41"], dtype=object),
    ],
)
def test_a_number_is_read_by_its_value_whatever_holds_it(values: object) -> None:
    found = encode_column("age", reader_for(AGE), as_arrow(values))
    np.testing.assert_array_equal(found.numbers, [30, np.nan, 41])
    assert (found.faults, found.repairs) == ([], [])


@pytest.mark.parametrize("values", [[30.0, 999, np.inf, 999], ["30", "999", "inf", "999"]])
def test_numbers_out_of_range_are_faults_of_their_rows(values: list[object]) -> None:
    faults = {flag.why: flag.rows.tolist() for flag in encode_column("age", reader_for(AGE), as_arrow(values)).faults}
    assert faults["Age is 999; the model learned from 16 to 75."] == [1, 3]
    assert faults["Age is 'inf', which is no number."] == [2]


def test_words_among_numbers_are_faults_of_their_rows() -> None:
    found = encode_column("age", reader_for(AGE), as_arrow(["30", "old", "41"]))
    np.testing.assert_array_equal(found.numbers, [30, np.nan, 41])
    assert [flag.rows.tolist() for flag in found.faults] == [[1]]


@pytest.mark.parametrize("values", [[30.0, np.nan], ["30", ""], ["30", "old"]])
def test_the_median_stands_for_what_was_never_missing(values: list[object]) -> None:
    age = Feature("age", "Age", "number", low=16, high=75, median=34)
    found = encode_column("age", reader_for(age), as_arrow(values))
    assert (found.numbers.tolist(), found.faults[0].rows.tolist()) == ([30, 34], [1])


def test_a_feature_that_no_session_has_is_told() -> None:
    allowed, refused = (
        absent_column("age", missing(f), 2) for f in (AGE, Feature("age", "Age", "number", low=1, high=2))
    )
    assert [flag.why for flag in allowed.repairs] == ["there is no column age, so it was taken as missing."]
    assert [flag.rows.tolist() for flag in refused.faults] == [[0, 1]]
