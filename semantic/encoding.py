"""Encoders: the values of one dimension to whole numbers, row by row, and at the end to their places in its Domain."""

from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from semantic.catalog import MISSING, Dimension
from semantic.domain import Domain, bin_labels, choose_edges, day_members

Codes = npt.NDArray[np.int32]
_ABSENT = -1


class Encoder(Protocol):
    """Turns the values of one dimension into codes; the places of the codes are known when all rows were seen."""

    def encode(self, values: pd.Series) -> Codes:
        """Return a code for each value."""

    def domain(self) -> Domain:
        """Return the members of all that was encoded."""

    def places(self, codes: Codes, domain: Domain) -> Codes:
        """Return where each code falls in the domain."""


def encoder_for(dimension: Dimension, known: Domain | None) -> Encoder:
    """Return a fresh encoder.

    Parameters
    ----------
    dimension : Dimension
        Whose values it encodes.
    known : Domain or None
        Its domain in an existing cube: the members stay, and the edges of bins too.
    """
    if dimension.is_binned:
        return _BinEncoder(dimension, known)
    if dimension.kind == "time":
        return _DayEncoder(dimension, known)
    return _MemberEncoder(dimension, known)


class _MemberEncoder:
    """Codes of categories and places, in order of arrival."""

    def __init__(self, dimension: Dimension, known: Domain | None) -> None:
        self._dimension = dimension
        self._fixed = [m for m in (known.members if known else dimension.members) if m != MISSING]
        self._code_of: dict[str, int] = {}
        self._counts = np.zeros(0, dtype=np.int64)
        self._was_missing = known is not None and MISSING in known.position_of

    def encode(self, values: pd.Series) -> Codes:
        categorical = values.astype("category").cat
        members = [str(m) for m in categorical.categories] + [MISSING]
        codes = categorical.codes.to_numpy(np.int32)
        sizes = np.bincount(codes + 1, minlength=len(members))
        table = np.full(len(members), _ABSENT, dtype=np.int32)
        for old, member in enumerate(members):
            if sizes[(old + 1) % len(members)]:
                table[old] = self._code_of.setdefault(member, len(self._code_of))
        self._counts = np.pad(self._counts, (0, len(self._code_of) - len(self._counts)))
        present = table != _ABSENT
        self._counts[table[present]] += np.roll(sizes, -1)[present]
        return table[codes]

    def domain(self) -> Domain:
        new = [m for m in self._code_of if m not in set(self._fixed) and m != MISSING]
        new.sort(key=lambda m: (-self._counts[self._code_of[m]], m))
        has_missing = self._was_missing or MISSING in self._code_of
        return Domain(self._dimension, (*self._fixed, *new, *([MISSING] if has_missing else [])))

    def places(self, codes: Codes, domain: Domain) -> Codes:
        return np.array([domain.position_of[m] for m in self._code_of], dtype=np.int32)[codes]


class _BinEncoder:
    """Codes of intervals: the bin's place, and one more for missing values."""

    def __init__(self, dimension: Dimension, known: Domain | None) -> None:
        self._dimension, self._known = dimension, known
        self._edges = known.edges if known else dimension.edges
        self._has_missing = known is not None and MISSING in known.position_of
        self._integral = True

    def encode(self, values: pd.Series) -> Codes:
        numbers = values.to_numpy(np.float64, na_value=np.nan)
        missing = np.isnan(numbers)
        if not self._edges:
            self._edges = choose_edges(numbers)
        self._has_missing |= bool(missing.any())
        self._integral = self._integral and bool(np.all((numbers == np.floor(numbers)) | missing))
        codes = np.searchsorted(self._edges, numbers, side="right").astype(np.int32)
        codes[missing] = len(self._edges) + 1
        return codes

    def domain(self) -> Domain:
        if self._known and (MISSING in self._known.position_of) == self._has_missing:
            return self._known
        edges = self._edges or (0.0,)
        labels = (
            self._known.members
            if self._known
            else self._dimension.members or bin_labels(edges, integral=self._integral)
        )
        return Domain(self._dimension, (*labels, *([MISSING] if self._has_missing else [])), edges)

    def places(self, codes: Codes, domain: Domain) -> Codes:  # noqa: ARG002 - a bin's code is its place
        return codes


class _DayEncoder:
    """Codes of calendar days: days since 1970."""

    def __init__(self, dimension: Dimension, known: Domain | None) -> None:
        self._dimension = dimension
        self._has_missing = known is not None and MISSING in known.position_of
        days = [m for m in known.members if m != MISSING] if known else []
        self._days = [_day_number(day) for day in (days[:1] + days[-1:])]

    def encode(self, values: pd.Series) -> Codes:
        categorical = values.astype("category").cat
        table = np.array(
            [*(_day_number(str(day)) for day in categorical.categories), np.iinfo(np.int32).min], dtype=np.int32
        )
        codes = table[categorical.codes]
        present = codes[codes != table[-1]]
        self._has_missing |= len(present) < len(codes)
        if len(present):
            self._days = [min([*self._days, int(present.min())]), max([*self._days, int(present.max())])]
        return codes

    def domain(self) -> Domain:
        days = day_members(*self._days) if self._days else ()
        return Domain(self._dimension, (*days, *([MISSING] if self._has_missing else [])))

    def places(self, codes: Codes, domain: Domain) -> Codes:
        first = self._days[0] if self._days else 0
        return np.where(codes == np.iinfo(np.int32).min, len(domain) - 1, codes - first).astype(np.int32)


def _day_number(day: str) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
