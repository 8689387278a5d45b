"""Readings of one column: what its cells mean as text, members, numbers or flags, and which cells cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]

LONGEST_TEXT = 191
"""What fits a key of every database that we write to, in characters."""
_NOTHING = frozenset({"", "nan", "null", "none", "na", "n/a", "\\n"})
_FLAGS = {
    "1": 1.0,
    "true": 1.0,
    "yes": 1.0,
    "y": 1.0,
    "t": 1.0,
    "1.0": 1.0,
    "0": 0.0,
    "0.0": 0.0,
    "false": 0.0,
    "no": 0.0,
    "n": 0.0,
    "f": 0.0,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the cells of a column mean.

    Attributes
    ----------
    values : Series
        Missing (NaN) where a cell is empty or unreadable.
    unreadable : ndarray of bool, shape (rows,)
        Cells that hold something else than they should.
    rule : str
        What an unreadable cell should have been.
    """

    values: "pd.Series[Any]"
    unreadable: Mask
    rule: str


def flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return the cells as one array, dictionaries decoded and every kind of text as plain text."""
    cells = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    is_text = pa.types.is_large_string(cells.type) or pa.types.is_string_view(cells.type)
    return pc.cast(cells, pa.string()) if is_text else cells


def as_text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return the cells as text: whole floats without their fraction, flags as true and false."""
    cells = flat(column)
    if pa.types.is_floating(cells.type):
        whole = pc.all(pc.equal(pc.floor(cells), cells)).as_py()
        cells = pc.cast(cells, pa.int64(), safe=False) if whole else cells
    return cells if pa.types.is_string(cells.type) else pc.cast(cells, pa.string())


def read_ids(column: pa.ChunkedArray) -> Reading:
    """Return each cell's text, trimmed."""
    text = pc.utf8_trim_whitespace(as_text(column))
    length = pc.fill_null(pc.utf8_length(text), 0).to_numpy()
    values = text.to_numpy(zero_copy_only=False)
    long = length > LONGEST_TEXT
    values[(length == 0) | long] = None
    return Reading(pd.Series(values, dtype=object), long, f"must have at most {LONGEST_TEXT} characters")


def read_members(column: pa.ChunkedArray, spell: Callable[[str], str]) -> Reading:
    """Return each cell's spelling as a categorical; only the distinct cells are looked at."""
    codes, distinct = vocabulary(column)
    spelled = [spell(text) if len(text) <= 10 * LONGEST_TEXT else text for text in distinct]
    place: dict[str, int] = {}
    new = [place.setdefault(s, len(place)) if 0 < len(s) <= LONGEST_TEXT else -1 for s in spelled]
    long = np.array([*(len(s) > LONGEST_TEXT for s in spelled), False])
    values = pd.Categorical.from_codes(np.array([*new, -1])[codes], pd.Index(list(place), dtype=object))
    return Reading(pd.Series(values), long[codes], f"must have at most {LONGEST_TEXT} characters")


def read_numbers(column: pa.ChunkedArray) -> Reading:
    """Return each cell as a float."""
    cells = flat(column)
    if pa.types.is_boolean(cells.type):
        cells = pc.cast(cells, pa.int8())
    if not pa.types.is_string(cells.type):
        return _finite(cells)
    try:
        return _finite(pc.utf8_trim_whitespace(cells))
    except pa.ArrowInvalid:
        return _mapped(column, _number, "must be a number")


def read_flags(column: pa.ChunkedArray, aliases: Mapping[str, str]) -> Reading:
    """Return each cell as 1.0 for yes and 0.0 for no."""
    return _mapped(column, lambda text: flag_of(text, aliases), "must be 0 or 1, true or false, yes or no")


def flag_of(text: str, aliases: Mapping[str, str]) -> float | None:
    """Return 1.0 for yes, 0.0 for no, None for anything else; aliases are other words, such as ``{bought: yes}``."""
    words = {alias.strip().casefold(): meaning for alias, meaning in aliases.items()}
    word = text.strip().casefold()
    return _FLAGS.get(words.get(word, word).casefold())


def vocabulary(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return for each cell the place of its text among the distinct texts, -1 where empty, and those texts."""
    encoded = as_text(column).dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), encoded.dictionary.to_pylist()


def is_nothing(text: str) -> bool:
    """Return whether a text stands for a missing number, time or flag."""
    return text.strip().casefold() in _NOTHING


def _finite(cells: pa.Array) -> Reading:
    try:
        numbers = pc.cast(cells, pa.float64())
    except pa.ArrowNotImplementedError:
        return _mapped(cells, _number, "must be a number")
    values = pc.fill_null(numbers, np.nan).to_numpy(zero_copy_only=False)
    infinite = np.isinf(values)
    return Reading(pd.Series(np.where(infinite, np.nan, values)), infinite, "must be a number")


def _number(text: str) -> float | None:
    try:
        value = float(text) if "_" not in text else np.inf
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _mapped(column: pa.ChunkedArray, read: Callable[[str], float | None], rule: str) -> Reading:
    """Return the reading of each distinct text, given to its cells."""
    codes, distinct = vocabulary(column)
    read_values = [np.nan if is_nothing(text) else read(text.strip()) for text in distinct]
    values = np.array([*(np.nan if v is None else v for v in read_values), np.nan])
    bad = np.array([*(v is None for v in read_values), False])
    return Reading(pd.Series(values[codes]), bad[codes], rule)
