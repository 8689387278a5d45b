"""Rows that are not scored, each with its line, its column and the reason, and notes on those that are."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from model.batch.portion import Portion
from model.vocabulary import Encoded, Flag

HEAD = ("line", "column", "reason")


def refused_schema(schema: pa.Schema) -> pa.Schema:
    """Return the columns of the file of refused rows: where and why, then the row as it was."""
    own = [pa.field("line", pa.int64()), pa.field("column", pa.string()), pa.field("reason", pa.string())]
    return pa.schema([*own, *(field for field in schema if field.name not in HEAD)])


def refused_rows(portion: Portion, encoded: Encoded, columns: Mapping[str, str]) -> pa.Table:
    """Return the rows of a portion that are not scored.

    Parameters
    ----------
    portion : Portion
        As read.
    encoded : Encoded
        What the model makes of it.
    columns : mapping of str to str
        Name of each feature's column.
    """
    schema = refused_schema(portion.table.schema)
    rows = np.flatnonzero(encoded.is_faulty)
    names, reasons = _joined(encoded.faults, columns), encoded.reasons()
    own = [pa.array(portion.lines[rows])]
    own += [pa.array([found[row] for row in rows.tolist()], pa.string()) for found in (names, reasons)]
    kept = portion.table.select([name for name in portion.table.column_names if name not in HEAD]).take(rows)
    faulty = pa.Table.from_arrays([*own, *kept.columns], schema=schema)
    if not portion.unreadable:
        return faulty
    lines, whys = zip(*portion.unreadable, strict=True)
    torn = pa.table({"line": pa.array(lines, pa.int64()), "reason": pa.array([f"{why}." for why in whys])})
    return pa.concat_tables([faulty, torn], promote_options="default").select(schema.names).sort_by("line")


def notes_of(encoded: Encoded) -> pa.Array:
    """Return what was repaired in each row, as text; empty where nothing was."""
    n_rows = len(encoded.x)
    by_feature: dict[str, list[Flag]] = {}
    for flag in encoded.repairs:
        by_feature.setdefault(flag.feature, []).append(flag)
    notes = [_texts(flags, n_rows) for flags in by_feature.values()]
    if not notes:
        return pa.nulls(n_rows, pa.string())
    return pc.utf8_rtrim_whitespace(pc.binary_join_element_wise(*notes, ""))


def _texts(flags: list[Flag], n_rows: int) -> pa.Array:
    which = np.full(n_rows, len(flags), np.int64)
    for place, flag in enumerate(flags):
        which[flag.rows] = place
    return pa.array([*(f"{flag.why} " for flag in flags), ""]).take(pa.array(which))


def _joined(flags: Iterable[Flag], columns: Mapping[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for flag in flags:
        name = columns[flag.feature]
        for row in flag.rows.tolist():
            found[row] = f"{found[row]}, {name}" if row in found else name
    return found
