"""Portion: some sessions of a file, as they stand in it."""

from dataclasses import dataclass

import pyarrow as pa

from model.examples import Whole


@dataclass(frozen=True)
class Portion:
    """Some sessions of a file.

    Attributes
    ----------
    table : Table
        The columns of the file; those of a csv are texts.
    lines : ndarray of int, shape (n,)
        Line of the csv on which each session begins, or number of its row in a Parquet file, from 1.
    unreadable : tuple of (int, str)
        Line and reason of what is no session, such as a row of too few cells.
    """

    table: pa.Table
    lines: Whole
    unreadable: tuple[tuple[int, str], ...] = ()


def text_columns(table: pa.Table) -> pa.Table:
    """Return a table whose texts are all of one Arrow type."""
    return table.cast(pa.schema([(field.name, _plain_type(field.type)) for field in table.schema]))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_text = pa.types.is_large_string(inner) or pa.types.is_string_view(inner) or pa.types.is_binary(inner)
    return pa.string() if is_text else inner
