"""Where the records of a csv begin: lines counted as an editor counts them, also through quoted line breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from etl.sources.files import Utf8Stream
from semantic.errors import InputError

BLOCK_BYTES = 8 << 20
MAX_RECORD_BYTES = 8 << 20
_FEED, _RETURN, _QUOTE = b'\n\r"'
_REST_OF_QUOTED = re.compile(rb'[^"]*+(?:""[^"]*+)*+"')

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records, as they stand in the file.

    Attributes
    ----------
    data : bytes
        UTF-8; only the part from ``begin`` to ``used`` belongs to the block, from a record's beginning to one's end.
    begin, used : int
        Where that part is.
    has_quoted_breaks : bool
        Whether a record of the part may go over several lines.
    starts, ends : ndarray of int, shape (records,)
        Where each record that is not blank begins and where its line break begins.
    lines : ndarray of int, shape (records,)
        The line on which each begins.
    done : int
        Bytes of the stored file read so far.
    """

    data: bytes
    begin: int
    used: int
    has_quoted_breaks: bool
    starts: Positions
    ends: Positions
    lines: Positions
    done: int = 0

    def text(self, record: int) -> str:
        """Return a record as it stands."""
        return self.data[self.starts[record] : self.ends[record]].decode("utf-8", "replace")

    def without_first(self) -> "Block":
        """Return the block less its first record."""
        begin = int(self.starts[1]) if len(self.starts) > 1 else self.used
        return replace(self, begin=begin, starts=self.starts[1:], ends=self.ends[1:], lines=self.lines[1:])


def blocks(stream: Utf8Stream, head: bytes, delimiter: str, path: Path) -> Iterator[Block]:
    """Yield the records of a stream in order.

    Parameters
    ----------
    stream : Utf8Stream
        What follows ``head``.
    head : bytes
        What has been read already.
    delimiter : str
        One ASCII character.
    path : Path
        For messages.

    Raises
    ------
    InputError
        Where a record is larger than `MAX_RECORD_BYTES` or a quote is never closed.
    """
    rest, line, is_final = head, 1, False
    while rest or not is_final:
        more = b"" if is_final else stream.read(BLOCK_BYTES)
        is_final = not more
        data = rest + more
        block, n_lines = _cut(data, ord(delimiter), line, is_final=is_final)
        block = replace(block, done=stream.stored_position)
        _check_sizes(block, line + n_lines, path)
        if is_final and len(block.starts):
            _check_closed(block, ord(delimiter), path)
        if len(block.starts):
            yield block
        rest, line = data[block.used :], line + n_lines


def _cut(data: bytes, delimiter: int, line: int, *, is_final: bool) -> tuple[Block, int]:
    """Return the whole records at the beginning of some text and how many lines they take."""
    octets = np.frombuffer(data, np.uint8)
    breaks = _line_breaks(data, octets, is_final=is_final)
    is_quoted = _in_quotes(data, octets, breaks, delimiter)
    ends = breaks[~is_quoted]
    used = len(data) if is_final else int(ends[-1]) + 1 if len(ends) else 0
    if is_final and (not len(ends) or ends[-1] + 1 < used):
        ends = np.append(ends, used)
    starts, ends = _without_blank(data, octets, ends)
    lines = line + np.searchsorted(breaks, starts)
    block = Block(data, 0, used, bool(is_quoted.any()), starts, ends, lines)
    return block, int(np.searchsorted(breaks, used))


def _line_breaks(data: bytes, octets: npt.NDArray[np.uint8], *, is_final: bool) -> Positions:
    feeds = np.flatnonzero(octets == _FEED)
    if b"\r" not in data or data.count(b"\r") == data.count(b"\r\n"):
        return feeds
    returns = np.flatnonzero(octets == _RETURN)
    known = returns if is_final else returns[returns < len(data) - 1]
    following = octets[np.minimum(known + 1, len(data) - 1)]
    return np.sort(np.concatenate([feeds, known[following != _FEED]]))


def _in_quotes(
    data: bytes, octets: npt.NDArray[np.uint8], positions: Positions, delimiter: int
) -> npt.NDArray[np.bool_]:
    """Return which positions lie within a quoted cell; a quote inside an unquoted cell is an ordinary character."""
    if b'"' not in data:
        return np.zeros(len(positions), bool)
    quotes = np.flatnonzero(octets == _QUOTE)
    opening = quotes[::2]
    before = octets[opening[opening > 0] - 1]
    if np.isin(before, np.array([delimiter, _FEED, _RETURN, _QUOTE], np.uint8)).all():
        return np.asarray(np.searchsorted(quotes, positions) % 2 == 1)
    starts, ends = _quoted_spans(data, delimiter)
    span = np.searchsorted(starts, positions) - 1
    return np.asarray((span >= 0) & (positions < np.append(ends, 0)[span]))


def _quoted_spans(data: bytes, delimiter: int) -> tuple[Positions, Positions]:
    starts, ends, position = [], [], 0
    while (start := data.find(b'"', position)) >= 0:
        position = start + 1
        if start and data[start - 1] not in (delimiter, _FEED, _RETURN):
            continue
        match = _REST_OF_QUOTED.match(data, start + 1)
        position = match.end() if match else len(data) + 1
        starts.append(start)
        ends.append(position)
    return np.array(starts, np.int64), np.array(ends, np.int64)


def _without_blank(data: bytes, octets: npt.NDArray[np.uint8], ends: Positions) -> tuple[Positions, Positions]:
    """Return where the records begin and end that hold anything; a carriage return belongs to the line break."""
    starts = np.concatenate([np.zeros(min(1, len(ends)), np.int64), ends[:-1] + 1])
    if b"\r" in data:
        ends = ends - ((ends > starts) & (octets[np.maximum(ends, 1) - 1] == _RETURN))
    is_kept = ends > starts
    return (starts, ends) if is_kept.all() else (starts[is_kept], ends[is_kept])


def _check_sizes(block: Block, next_line: int, path: Path) -> None:
    sizes = block.ends - block.starts
    if len(sizes) and sizes.max() > MAX_RECORD_BYTES:
        line = int(block.lines[sizes.argmax()])
    elif len(block.data) - block.used > MAX_RECORD_BYTES:
        line = next_line
    else:
        return
    raise InputError(
        f"{path} line {line} begins a row of more than {MAX_RECORD_BYTES >> 20} MB, the most that a row may be; "
        "shorten its cells or close its quotes"
    )


def _check_closed(block: Block, delimiter: int, path: Path) -> None:
    octets = np.frombuffer(block.data, np.uint8)
    if _in_quotes(block.data, octets, np.array([len(octets)], np.int64), delimiter)[0]:
        raise InputError(
            f"{path} line {block.lines[-1]} opens a quote that is never closed; close it or write it twice"
        )
