"""Sifting: the sessions that broke no rule on one side, the rejected records on the other, none lost."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from etl.clean.reading import Mask
from etl.sources import Batch
from semantic.catalog import CONVERTED

LONGEST_CELL = 65_536
"""Characters of a cell that are kept of a rejected record."""
UNREADABLE = "must be a readable record"


@dataclass(frozen=True, slots=True)
class Fault:
    """The records of a batch that break one rule.

    Attributes
    ----------
    column : str
        Source column in which the rule is broken.
    rule : str
        What should hold, in words.
    mask : ndarray of bool, shape (rows,)
        True where it does not.
    """

    column: str
    rule: str
    mask: Mask


class Rejection(NamedTuple):
    """One rejected record, as it is stored."""

    line: int
    column: str
    rule: str
    value: str | None
    raw: str


@dataclass(frozen=True)
class Sessions:
    """What one batch gave.

    Attributes
    ----------
    frame : DataFrame
        Clean sessions: the catalog's columns; text and days are categoricals, ids str, numbers float, flags int8.
    lines : ndarray of int, shape (sessions,)
        Where each stands in the source.
    rejected : list of Rejection
        One for each record that is no session.
    done : int
        How far the source has been read.
    """

    frame: pd.DataFrame
    lines: npt.NDArray[np.int64]
    rejected: list[Rejection]
    done: int

    @property
    def n_read(self) -> int:
        """Number of records in the batch."""
        return len(self.lines) + len(self.rejected)


def sift(batch: Batch, frame: pd.DataFrame, faults: Sequence[Fault]) -> Sessions:
    """Return the sessions and the rejected records of a batch; a record is rejected by the first rule that it breaks.

    Parameters
    ----------
    batch : Batch
        As the source gave it.
    frame : DataFrame
        Its cleaned columns, one row a record.
    faults : sequence of Fault
        In the order in which rules are named.
    """
    first = np.full(len(frame), -1)
    for place, fault in enumerate(faults):
        first[fault.mask & (first < 0)] = place
    rejected = [_unreadable(record.line, record.reason, record.raw) for record in batch.unreadable]
    bad = np.flatnonzero(first >= 0)
    if len(bad):
        rejected += _rejections(batch, bad, [faults[place] for place in first[bad]])
        frame = frame.loc[first < 0]
    rejected.sort(key=lambda rejection: rejection.line)
    return Sessions(frame.astype({CONVERTED: np.int8}), batch.lines[first < 0], rejected, batch.done)


def raw_rows(table: pa.Table) -> list[str]:
    """Return each record as a JSON object of its source columns; cells are cut at 65,536 characters, saying so."""
    return [json.dumps({k: _cell(v) for k, v in row.items()}, ensure_ascii=False) for row in table.to_pylist()]


def _rejections(batch: Batch, places: npt.NDArray[np.int64], faults: Iterable[Fault]) -> list[Rejection]:
    table = batch.table.take(places)
    records = zip(batch.lines[places].tolist(), faults, table.to_pylist(), raw_rows(table), strict=True)
    return [Rejection(line, f.column, f.rule, _value(cells.get(f.column)), raw) for line, f, cells, raw in records]


def _unreadable(line: int, reason: str, raw: str) -> Rejection:
    return Rejection(line, "", UNREADABLE, reason, _shortened(raw))


def _value(cell: object) -> str | None:
    return None if cell is None else _shortened(str(cell))


def _cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return cell if np.isfinite(cell) else str(cell)
    return _shortened(str(cell))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} … ({len(text):,} characters)"
