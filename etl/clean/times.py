"""Times: ISO texts, epoch numbers and database types to milliseconds since 1970 in UTC, and to calendar days."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.clean.reading import Reading, flat, is_nothing, vocabulary

EARLIEST, LATEST = 1990, 2037  # pyarrow knows no daylight saving time after 2037
RULE = f"must be a time from {EARLIEST} to {LATEST}, such as 2026-07-01 09:30:00 or seconds since 1970"
_FIRST_MS = int(datetime(EARLIEST, 1, 1, tzinfo=UTC).timestamp() * 1000)
_LAST_MS = int(datetime(LATEST + 1, 1, 1, tzinfo=UTC).timestamp() * 1000)
_DAY_MS = 86_400_000
_ZONE = re.compile(r":\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$")
_EPOCH_S = _FIRST_MS // 1000


def read_times(column: pa.ChunkedArray, zone: str) -> Reading:
    """Return each cell as ms since 1970 in UTC.

    Parameters
    ----------
    column : ChunkedArray
        Text, numbers (seconds, ms, µs or ns by their size), dates or timestamps.
    zone : str
        Where clocks without a zone stand; in an hour that occurs twice or not at all, the earlier reading counts.
    """
    cells = flat(column)
    milliseconds = _by_type(cells, zone)
    if milliseconds is None:
        return _one_by_one(cells, zone)
    empty = cells.is_null().to_numpy(zero_copy_only=False)
    bad = ~empty & ~((milliseconds >= _FIRST_MS) & (milliseconds < _LAST_MS))
    return Reading(pd.Series(np.where(empty | bad, np.nan, milliseconds)), bad, RULE)


def read_days(milliseconds: "pd.Series[Any]", zone: str) -> "pd.Series[Any]":
    """Return the calendar day of each time in a zone, as a categorical of ISO text."""
    known = milliseconds.notna().to_numpy()
    instants = pa.array(milliseconds.to_numpy()[known].astype(np.int64), pa.timestamp("ms", tz=zone))
    days = np.floor_divide(pc.local_timestamp(instants).cast(pa.int64()).to_numpy(), _DAY_MS)
    if not len(days):
        return pd.Series(pd.Categorical([None] * len(known), categories=[]))
    present = np.unique(days)
    codes = np.full(len(known), -1)
    codes[known] = np.searchsorted(present, days)
    return pd.Series(pd.Categorical.from_codes(codes, categories=present.astype("datetime64[D]").astype(str).tolist()))


def _by_type(cells: pa.Array, zone: str) -> npt.NDArray[np.float64] | None:
    """Return ms for a column that is all of one form, NaN where empty; None where it must be read cell by cell."""
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
        return _from_epoch(pc.fill_null(pc.cast(cells, pa.float64(), safe=False), np.nan).to_numpy())
    if pa.types.is_date(cells.type) or pa.types.is_timestamp(cells.type):
        return _from_instants(pc.cast(cells, pa.timestamp("us", getattr(cells.type, "tz", None)), safe=False), zone)
    if not pa.types.is_string(cells.type):
        return None
    text = pc.utf8_trim_whitespace(cells)
    kinds = [pa.timestamp("ns"), pa.timestamp("ns", tz="UTC")]
    for kind in reversed(kinds) if _names_zone(text) else kinds:
        try:
            return _from_instants(pc.cast(text, kind), zone)
        except pa.ArrowInvalid:
            continue
    return None


def _names_zone(text: pa.Array) -> bool:
    """Return whether the first time names its zone, by which the likelier form is tried first; a miss is slow."""
    first = pc.drop_null(text.slice(0, 1000))
    return bool(len(first) and _ZONE.search(first[0].as_py()))


def _from_instants(instants: pa.Array, zone: str) -> npt.NDArray[np.float64]:
    if instants.type.tz is None:
        instants = pc.assume_timezone(instants, zone, ambiguous="earliest", nonexistent="earliest")
    whole = pc.cast(instants, pa.timestamp("ms", tz="UTC"), safe=False).cast(pa.int64())
    return np.asarray(pc.fill_null(pc.cast(whole, pa.float64(), safe=False), np.nan).to_numpy())


def _from_epoch(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return ms; seconds have 9 to 11 digits until the year 5138, each finer unit three more."""
    size = np.nan_to_num(np.abs(numbers))
    factor = np.select([size < 1e11, size < 1e14, size < 1e17], [1e3, 1.0, 1e-3], 1e-6)
    return np.asarray(np.floor(numbers * factor))


def _one_by_one(cells: pa.Array, zone: str) -> Reading:
    codes, distinct = vocabulary(cells)
    local = ZoneInfo(zone)
    found = [np.nan if is_nothing(text) else _moment(text.strip(), local) for text in distinct]
    bad = np.array([*(m is None or m < _FIRST_MS or m >= _LAST_MS for m in found), False])
    values = np.array([*(np.nan if m is None else m for m in found), np.nan])
    return Reading(pd.Series(np.where(bad[codes], np.nan, values[codes])), bad[codes], RULE)


def _moment(text: str, zone: ZoneInfo) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _epoch_text(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    try:
        return float(np.floor(moment.timestamp() * 1000))
    except (OverflowError, ValueError):
        return None


def _epoch_text(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return float(_from_epoch(np.array([number]))[0]) if number >= _EPOCH_S and np.isfinite(number) else None
