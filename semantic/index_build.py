"""IndexBuilder: clean rows in, one row index out; rows are spooled to disk, so that memory does not grow with them."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO

import numpy as np
import pandas as pd

from semantic.catalog import MISSING, USER_ID, Catalog
from semantic.encoding import Codes
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
)

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
        self._n_parts = 0
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
        self._n_parts += 1

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
        for name, values in cuts.items():
            file.append(f"cuts.{name}", values)
        n_rows = 0
        for row_ids, columns in self._coded(cuts, domains, place_of):
            file.append("runs", runs_of(row_ids, n_rows))
            for name, codes in columns.items():
                file.append(name, codes)
            n_rows += len(row_ids)
        file.finish()
        return file

    def close(self) -> None:
        """Remove all files."""
        self._spool.close()
        for file in self._files:
            file.close()

    def _coded(
        self, cuts: Mapping[str, Floats], domains: Domains, place_of: PlaceOf
    ) -> Iterator[tuple[Places, dict[str, AnyCodes]]]:
        gone = np.concatenate(self._gone) if self._gone else np.zeros(0, np.int64)
        self._spool.seek(0)
        for _ in range(self._n_parts):
            row_ids = np.load(self._spool, allow_pickle=False)
            columns: dict[str, AnyCodes] = {}
            for name in self._numbers:
                columns[f"codes.{name}"] = codes_of(np.load(self._spool, allow_pickle=False), cuts[name])
            for column, name in self._members.items():
                places = place_of(name, np.load(self._spool, allow_pickle=False))
                if can_be_coded(len(domains[name])):
                    columns[f"codes.{column}"] = places.astype(code_type(len(domains[name])))
            if self._has_users:
                columns[f"hashes.{USER_ID}"] = np.load(self._spool, allow_pickle=False)
            kept = ~np.isin(row_ids, gone) if len(gone) else slice(None)
            yield row_ids[kept], {name: codes[kept] for name, codes in columns.items()}
        self._spool.seek(0, 2)
