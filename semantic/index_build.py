"""IndexBuilder: clean rows in, one row index out; rows are spooled to disk, so that memory does not grow with them."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple

import numpy as np
import pandas as pd

from semantic.catalog import DAY, MISSING, USER_ID, VARIANT, Catalog
from semantic.encoding import Codes
from semantic.exact_values import ValueCode, ValueFitter
from semantic.index_file import IndexFile, NumberSample
from semantic.query import Domains
from semantic.row_codes import (
    AnyCodes,
    Floats,
    Places,
    can_be_coded,
    code_type,
    codes_of,
    cuts_of,
    hashes_of,
    member_columns,
    number_columns,
    runs_of,
    value_columns,
)
from semantic.user_order import ORDER, STARTS, UserOrder, hashes_of_users

PlaceOf = Callable[[str, Codes], Codes]


class IndexBuilder:
    """Collects rows; owned and closed by the CubeBuilder that feeds it.

    Parameters
    ----------
    catalog : Catalog
        Columns to code.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._numbers = number_columns(catalog)
        self._members = member_columns(catalog)
        self._has_users = any(column.name == USER_ID for column in catalog.columns)
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close
        self._sample = NumberSample()
        self._fitters = {name: ValueFitter() for name in value_columns(catalog)}
        self._n_parts = self._n_rows = 0
        self._last = -1
        self._is_ascending = True
        self._gone: list[Places] = []
        self._files: list[IndexFile] = []

    def add(self, frame: pd.DataFrame, codes: Mapping[str, Codes], row_ids: Places) -> None:
        """Take rows.

        Parameters
        ----------
        frame : DataFrame
            All of the catalog's columns.
        codes : mapping of str to ndarray of int
            What the encoders of the dimensions made of them.
        row_ids : ndarray of int
            The key of each row.
        """
        numbers = {name: frame[name].to_numpy(np.float64, na_value=np.nan) for name in self._numbers}
        self._sample.add(numbers)
        for name, fitter in self._fitters.items():
            fitter.add(numbers[name])
        self._is_ascending &= row_ids[0] > self._last and bool(np.all(np.diff(row_ids) > 0))
        self._last = int(row_ids[-1])
        np.save(self._spool, row_ids, allow_pickle=False)
        for values in numbers.values():
            np.save(self._spool, values, allow_pickle=False)
        for name in self._members.values():
            np.save(self._spool, codes[name], allow_pickle=False)
        if self._has_users:
            users = frame[USER_ID].fillna(MISSING)
            np.save(self._spool, hashes_of(users, len(users)), allow_pickle=False)
            np.save(self._spool, hashes_of_users(frame[USER_ID]), allow_pickle=False)
        self._n_parts += 1
        self._n_rows += len(frame)

    def forget(self, row_ids: Places) -> None:
        """Leave rows out that were taken before."""
        self._gone.append(row_ids)

    def file(self, domains: Domains, place_of: PlaceOf) -> IndexFile | None:
        """Return the index of all rows so far, or None where they did not come in the order of their keys.

        Parameters
        ----------
        domains : mapping of str to Domain
            Members of all rows.
        place_of : callable
            From a dimension and codes to places in its domain.
        """
        if not (self._is_ascending and self._n_parts):
            return None
        file = IndexFile()
        self._files.append(file)
        edges = {d.column: domains[d.name].edges for d in self._catalog.dimensions if d.is_binned}
        cuts = {name: cuts_of(self._sample.values(name), edges.get(name, ())) for name in self._numbers}
        for name, ends in cuts.items():
            file.append(f"cuts.{name}", ends)
        values = {name: fitter.code() for name, fitter in self._fitters.items()}
        for name, code in values.items():
            file.append(f"scales.{name}", code.to_array())
        order = UserOrder(self._n_rows)
        try:
            self._append_rows(file, order, self._coded(_Coding(cuts, values, domains, place_of)))
        finally:
            order.close()
        file.finish()
        return file

    def close(self) -> None:
        """Remove all files."""
        self._spool.close()
        for file in self._files:
            file.close()

    def _append_rows(self, file: IndexFile, order: UserOrder, parts: "Iterator[_Part]") -> None:
        n_rows = 0
        for part in parts:
            file.append("runs", runs_of(part.row_ids, n_rows))
            for name, codes in part.columns.items():
                file.append(name, codes)
            if part.users is not None:
                order.add(part.users, part.ranks)
            n_rows += len(part.row_ids)
        for places, starts in order.parts():
            file.append(ORDER, places, is_dense=True)
            file.append(STARTS, starts)

    def _coded(self, coding: "_Coding") -> "Iterator[_Part]":
        gone = np.concatenate(self._gone) if self._gone else np.zeros(0, np.int64)
        self._spool.seek(0)
        for _ in range(self._n_parts):
            row_ids = self._next()
            numbers = {name: self._next() for name in self._numbers}
            members = {name: coding.place_of(name, self._next()) for name in self._members.values()}
            columns = coding.numbers(numbers) | coding.members(members, self._members)
            users = None
            if self._has_users:
                columns[f"hashes.{USER_ID}"], users = self._next(), self._next()
            part = _Part(row_ids, columns, users, coding.ranks(members))
            yield part.kept(~np.isin(row_ids, gone)) if len(gone) else part

    def _next(self) -> AnyCodes:
        return np.asarray(np.load(self._spool, allow_pickle=False))


class _Part(NamedTuple):
    """Some neighbouring rows."""

    row_ids: Places
    columns: dict[str, AnyCodes]
    users: AnyCodes | None
    ranks: Places

    def kept(self, kept: AnyCodes) -> "_Part":
        """Return the rows that stay."""
        columns = {name: codes[kept] for name, codes in self.columns.items()}
        return _Part(self.row_ids[kept], columns, None if self.users is None else self.users[kept], self.ranks[kept])


class _Coding(NamedTuple):
    """How the columns are coded."""

    cuts: Mapping[str, Floats]
    values: Mapping[str, ValueCode]
    domains: Domains
    place_of: PlaceOf

    def numbers(self, numbers: Mapping[str, Floats]) -> dict[str, AnyCodes]:
        """Return codes and exact values of numbers."""
        codes = {f"codes.{name}": codes_of(values, self.cuts[name]) for name, values in numbers.items()}
        return codes | {f"values.{name}": code.encode(numbers[name]) for name, code in self.values.items()}

    def members(self, places: Mapping[str, Codes], columns: Mapping[str, str]) -> dict[str, AnyCodes]:
        """Return codes of members, where there are not too many."""
        sizes = {name: len(self.domains[name]) for name in places if can_be_coded(len(self.domains[name]))}
        return {f"codes.{c}": places[n].astype(code_type(sizes[n])) for c, n in columns.items() if n in sizes}

    def ranks(self, places: Mapping[str, Codes]) -> Places:
        """Return what the rows of a user are ordered by: variant, then day."""
        variants = places[VARIANT].astype(np.int64)
        return variants * len(self.domains[DAY]) + places[DAY] if DAY in places else variants
