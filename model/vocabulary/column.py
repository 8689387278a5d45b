"""Columns of many sessions: each distinct value is read once."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from model.examples import Floats, Whole
from model.vocabulary.encoded import MOST_FLAGS, Flag, flags_of
from model.vocabulary.meaning import Meaning, NumberReader, Reader


class Column(NamedTuple):
    """One feature of many sessions.

    Attributes
    ----------
    numbers : ndarray of float, shape (n,)
        For the model.
    faults, repairs : list of Flag
        What is said of them.
    """

    numbers: Floats
    faults: list[Flag]
    repairs: list[Flag]


def as_arrow(values: Any) -> pa.Array:
    """Return any array-like as one Arrow array; what has no common type becomes text."""
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks() if values.num_chunks != 1 else values.chunk(0)
    if isinstance(values, pa.Array):
        return values
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array([None if value is None or value != value else str(value) for value in values], pa.string())


def encode_column(name: str, reader: Reader, values: pa.Array) -> Column:
    """Return one feature of many sessions.

    Parameters
    ----------
    name : str
        Of the feature.
    reader : Reader
        Knows what values mean.
    values : Array
        One for each session.
    """
    if isinstance(reader, NumberReader):
        numbers = _as_numbers(values)
        if numbers is not None:
            return _encode_numbers(name, reader, numbers)
    return _encode_distinct(name, reader, values)


def absent_column(name: str, meaning: Meaning, n_rows: int) -> Column:
    """Return a feature that no session has.

    Parameters
    ----------
    name : str
        Of the feature.
    meaning : Meaning
        What a missing value means.
    n_rows : int
        Sessions.
    """
    note = f"there is no column {name}, so it was taken as missing"
    told = meaning if meaning.is_fault else Meaning(np.nan, note)
    return Column(np.full(n_rows, told.number), *flags_of(name, np.zeros(n_rows, np.int64), [told]))


def _as_numbers(values: pa.Array) -> Floats | None:
    """Return the cells as floats, or None where one of them is text that is no number."""
    kind = values.type
    if pa.types.is_boolean(kind):
        values = pc.cast(values, pa.int8())
    if _is_text(kind):
        trimmed = pc.utf8_trim_whitespace(values)
        values = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, kind), trimmed)
    try:
        return np.asarray(pc.cast(values, pa.float64(), safe=False).to_numpy(zero_copy_only=False))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _encode_numbers(name: str, reader: NumberReader, numbers: Floats) -> Column:
    codes = np.isnan(numbers).astype(np.int64)
    meanings = [Meaning(np.nan), reader.missing]
    outside = np.flatnonzero((numbers < reader.low) | (numbers > reader.high) | np.isinf(numbers))
    if len(outside):
        distinct, inverse = np.unique(numbers[outside], return_inverse=True)
        codes[outside] = inverse + len(meanings)
        meanings += [reader.read(value) for value in distinct.tolist()]
    if codes.any():
        table = np.array([meaning.number for meaning in meanings])
        numbers = np.where(codes, table[codes], numbers)
    return Column(numbers, *flags_of(name, codes, meanings))


def _encode_distinct(name: str, reader: Reader, values: pa.Array) -> Column:
    codes, distinct = _distinct(values)
    meanings: list[Meaning] = []
    n_faults = 0
    for value in distinct:
        meanings.append(reader.missing if value is None else reader.read(value, is_brief=n_faults > MOST_FLAGS))
        n_faults += meanings[-1].is_fault
    meanings.append(reader.missing)
    table = np.array([meaning.number for meaning in meanings])
    return Column(table[codes], *flags_of(name, codes, meanings))


def _distinct(values: pa.Array) -> tuple[Whole, list[Any]]:
    """Return for each cell the place of its value among the distinct ones, -1 where empty, and those."""
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    codes = pc.fill_null(pc.cast(encoded.indices, pa.int64()), -1).to_numpy(zero_copy_only=False)
    distinct = encoded.dictionary.to_pylist()
    return np.where(codes < 0, len(distinct), codes), distinct


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
