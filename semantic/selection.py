"""Selection: the sessions that a filter keeps, found on their codes chunk by chunk, so that memory stays bounded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from semantic.row_codes import AnyCodes, Places

CHUNK = 1 << 18
_MAX_RUNS = 4

Runs = tuple[tuple[int, int], ...]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CodeTest:
    """Rows whose code lies in one of some half-open runs.

    Attributes
    ----------
    codes : ndarray
        Of all rows.
    runs : tuple of (int, int)
        Ascending, apart from one another.
    """

    codes: AnyCodes
    runs: Runs

    def keeps(self, part: slice) -> Bools:
        """Return which of some neighbouring rows pass."""
        return within(self.codes[part], self.runs)


@dataclass(frozen=True)
class Selection:
    """Rows that pass all tests.

    Attributes
    ----------
    n_rows : int
        Rows in all.
    tests : tuple of CodeTest
        What must hold.
    dropped : ndarray of int
        Places that do not belong to it though they pass, ascending.
    """

    n_rows: int
    tests: tuple[CodeTest, ...] = ()
    dropped: Places = field(default_factory=lambda: np.zeros(0, np.int64))

    def parts(self, *further: CodeTest) -> Iterator[tuple[int, slice, Bools | None]]:
        """Yield (chunk, rows, which of them pass; None for all)."""
        for number, first in enumerate(range(0, self.n_rows, CHUNK)):
            part = slice(first, min(first + CHUNK, self.n_rows))
            yield number, part, self.passing(part, further)

    def passing(self, part: slice, further: Sequence[CodeTest] = ()) -> Bools | None:
        """Return which rows of a chunk pass; None for all."""
        found: Bools | None = None
        for test in (*self.tests, *further):
            kept = test.keeps(part)
            found = kept if found is None else np.logical_and(found, kept, out=found)
        if found is not None and len(self.dropped):
            first, last = np.searchsorted(self.dropped, [part.start, part.stop])
            found[self.dropped[first:last] - part.start] = False
        return found

    def count_codes(self, codes: AnyCodes, n_codes: int) -> Places:
        """Return how many rows have each code."""
        total = np.zeros(n_codes, dtype=np.int64)
        for _, part, passing in self.parts():
            kept = codes[part] if passing is None else codes[part][passing]
            total += np.bincount(kept, minlength=n_codes)
        return total

    def count_chunks(self, *further: CodeTest) -> Places:
        """Return how many rows of each chunk pass."""
        sizes = [p.stop - p.start if k is None else np.count_nonzero(k) for _, p, k in self.parts(*further)]
        return np.asarray(sizes, dtype=np.int64)

    def places(self, *further: CodeTest, limit: int) -> Places | None:
        """Return where all rows that pass stand, or None where there are more than the limit."""
        found, n_found = [np.zeros(0, np.int64)], 0
        for _, part, passing in self.parts(*further):
            places = _places(part, passing)
            n_found += len(places)
            if n_found > limit:
                return None
            found.append(places)
        return np.concatenate(found)

    def slice(self, counts: Places, first: int, n_rows: int, *further: CodeTest) -> Places:
        """Return where some rows that pass stand, in order of arrival.

        Parameters
        ----------
        counts : ndarray of int
            As `count_chunks` returned them.
        first : int
            How many that pass stand before.
        n_rows : int
            How many are wanted.
        *further : CodeTest
            What must hold too.
        """
        ends = np.cumsum(counts)
        found = [np.zeros(0, np.int64)]
        chunk = int(np.searchsorted(ends, first, side="right"))
        skipped = first - int(ends[chunk - 1] if chunk else 0)
        while n_rows > 0 and chunk < len(ends):
            part = slice(chunk * CHUNK, min((chunk + 1) * CHUNK, self.n_rows))
            found.append(_places(part, self.passing(part, further))[skipped : skipped + n_rows])
            n_rows, skipped, chunk = n_rows - len(found[-1]), 0, chunk + 1
        return np.concatenate(found)


def within(codes: AnyCodes, runs: Runs) -> Bools:
    """Return which codes lie in one of the half-open runs."""
    if len(runs) > _MAX_RUNS:
        table = np.zeros(np.iinfo(codes.dtype).max + 1, dtype=bool)
        for low, high in runs:
            table[low:high] = True
        return table[codes]
    found = np.zeros(len(codes), dtype=bool)
    for low, high in runs:
        found |= codes == low if high - low == 1 else (codes - codes.dtype.type(low)) < high - low
    return found


def runs_of_flags(flags: Bools) -> Runs:
    """Return the half-open run of each stretch of true flags."""
    edges = np.flatnonzero(np.diff([0, *flags.astype(np.int8).tolist(), 0]))
    return tuple((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _places(part: slice, passing: Bools | None) -> Places:
    if passing is None:
        return np.arange(part.start, part.stop, dtype=np.int64)
    return np.asarray(np.flatnonzero(passing) + part.start, dtype=np.int64)
