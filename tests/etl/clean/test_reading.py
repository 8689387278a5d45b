import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.reading import (
    LONGEST_TEXT,
    as_text,
    flag_of,
    flat,
    is_nothing,
    read_flags,
    read_ids,
    read_members,
    read_numbers,
    vocabulary,
)


def column(*cells: object, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, kind)])


@pytest.mark.parametrize(
    ("text", "value"),
    [(word, 1.0) for word in ("1", "true", "YES", " y ", "T", "1.0")]
    + [(word, 0.0) for word in ("0", "False", "no", "N", "f", "0.0")]
    + [("maybe", None), ("2", None), ("", None)],
)
def test_a_flag_is_read_from_its_usual_words(text: str, value: float | None) -> None:
    assert flag_of(text, {}) == value


def test_other_words_for_a_flag_are_aliases() -> None:
    reading = read_flags(column("Bought", "left", "x"), {"bought": "yes", "left": "no"})
    assert reading.values.tolist()[:2] == [1.0, 0.0]
    assert reading.unreadable.tolist() == [False, False, True]


@pytest.mark.parametrize("kind", [pa.bool_(), pa.int8(), pa.float64()])
def test_a_flag_may_have_a_type_of_its_own(kind: pa.DataType) -> None:
    assert read_flags(pa.chunked_array([pa.array([True, False, None]).cast(kind, safe=False)]), {}).values.tolist()[
        :2
    ] == [1, 0]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_number_survives_its_text(values: list[float]) -> None:
    assert read_numbers(column(*map(repr, values))).values.tolist() == values


@pytest.mark.parametrize("text", ["abc", "inf", "-Infinity", "1,5", "1_000", "₹500", "0x10"])
def test_what_is_no_finite_number_is_unreadable(text: str) -> None:
    reading = read_numbers(column("1", text))
    assert reading.unreadable.tolist() == [False, True]
    assert math.isnan(reading.values[1])


@pytest.mark.parametrize("text", [None, "", " ", "nan", "NULL", "None", "n/a", "\\N"])
def test_a_number_may_be_missing(text: str | None) -> None:
    reading = read_numbers(column("1", text))
    assert not reading.unreadable.any()
    assert np.isnan(reading.values[1])


def test_white_space_and_plus_signs_around_numbers_do_not_matter() -> None:
    assert read_numbers(column(" 1", "2\t", "+3", "1e2")).values.tolist() == [1, 2, 3, 100]


@pytest.mark.parametrize("kind", [pa.int64(), pa.decimal128(22, 1), pa.float32(), pa.uint8()])
def test_numbers_may_have_any_type(kind: pa.DataType) -> None:
    assert read_numbers(pa.chunked_array([pa.array([1, 2]).cast(kind)])).values.tolist() == [1.0, 2.0]


def test_ids_are_trimmed_and_whole_floats_lose_their_fraction() -> None:
    assert read_ids(column(" a ", "", None)).values.tolist() == ["a", None, None]
    assert read_ids(column(773192.0, None)).values.tolist() == ["773192", None]


def test_a_text_that_fits_no_key_is_unreadable() -> None:
    texts = column("x" * LONGEST_TEXT, "x" * (LONGEST_TEXT + 1), "y" * 5_000_000)
    assert read_ids(texts).unreadable.tolist() == [False, True, True]
    assert read_members(texts, str).unreadable.tolist() == [False, True, True]


def test_members_are_spelled_once_for_each_distinct_text() -> None:
    asked: list[str] = []
    reading = read_members(column("a", "b", "a", None), lambda text: asked.append(text) or text.upper())  # type: ignore[func-returns-value]
    assert asked == ["a", "b"]
    assert reading.values.astype(object).where(reading.values.notna(), None).tolist() == ["A", "B", "A", None]


def test_dictionaries_and_large_texts_become_plain_text() -> None:
    cells = pa.array(["a", None, "b"])
    for kind in (pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        assert flat(cells.cast(kind)).equals(cells)


def test_text_of_flags_and_numbers_is_what_people_write() -> None:
    assert as_text(pa.array([True, False])).to_pylist() == ["true", "false"]
    assert as_text(pa.array([1.5, 2.0])).to_pylist() == ["1.5", "2"]


def test_a_vocabulary_is_the_distinct_texts_and_their_places() -> None:
    codes, distinct = vocabulary(column("b", None, "a", "b"))
    assert (codes.tolist(), distinct) == ([0, -1, 1, 0], ["b", "a"])


def test_nothing_is_said_in_several_ways() -> None:
    assert [is_nothing(text) for text in ("", "NaN", " null ", "0")] == [True, True, True, False]
