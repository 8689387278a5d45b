"""UnitRows: the columns of the row index with the rows of each user together, read chunk by chunk."""

from collections.abc import Callable
from datetime import date

import numpy as np
import sqlalchemy as sa

from semantic.catalog import DAY, USER_ID, VARIANT, Catalog, Measure
from semantic.coded_column import CodedColumn
from semantic.domain import check_range
from semantic.exact_values import ValueCode
from semantic.filter import AnyClause, RangeClause
from semantic.finder import NotIndexedError
from semantic.row_codes import AnyCodes, Floats, Places
from semantic.row_index import RowIndex
from semantic.selection import Bools
from semantic.snapshot import Snapshot
from semantic.user_order import ALONE, STARTS

CHUNK = 1 << 15

Taken = Callable[[slice], Floats]
Test = Callable[[slice], Bools]


class UnitRows:
    """Reads one version.

    Parameters
    ----------
    index : RowIndex
        Its codes.
    snapshot : Snapshot
        The version.
    connection : Connection
        Sees it.
    catalog : Catalog
        The words of the data.

    Raises
    ------
    NotIndexedError
        From each method, where the index lacks a column; SQL must answer then.
    """

    def __init__(self, index: RowIndex, snapshot: Snapshot, connection: sa.Connection, catalog: Catalog) -> None:
        self._index, self._snapshot, self._connection, self._catalog = index, snapshot, connection, catalog
        self._values: dict[str, tuple[AnyCodes, ValueCode, Floats | None]] = {}
        self._added: dict[str, Taken] = {}
        self._coded: dict[str, tuple[AnyCodes, Places]] = {}
        self._has_users = USER_ID in snapshot.table.c
        self.n_rows = index.n_rows
        self.n_days = snapshot.domains[DAY].n_present if catalog.has_dimension(DAY) else 0

    def chunks(self) -> list[slice]:
        """Return slices of whole users, of about `CHUNK` rows each."""
        return self._index.memo.get("chunks of users", self._chunks)

    def starts(self, part: slice) -> Bools:
        """Return which rows begin a user."""
        if not self._has_users:
            return np.ones(part.stop - part.start, dtype=bool)
        return self._array(STARTS)[part].astype(bool)

    def alone(self, part: slice) -> Bools:
        """Return which rows have no user, where the data names users at all."""
        if not self._has_users:
            return np.zeros(part.stop - part.start, dtype=bool)
        return np.asarray(self._array(STARTS)[part] == ALONE)

    def places(self, dimension: str) -> Callable[[slice], Places]:
        """Return what tells the place of each row's member of a dimension."""
        codes, table = self._member(dimension)
        return lambda part: table.take(codes[part])

    def variants(self, part: slice) -> AnyCodes:
        """Return the code of each row's variant."""
        return self._member(VARIANT)[0][part]

    def days(self, part: slice) -> Places:
        """Return the place of each row's day."""
        return self.places(DAY)(part)

    def day_of(self, started_on: date | None) -> int | None:
        """Return the place of a day, or None where there is none; days before all others have a place below 0."""
        if started_on is None or not self._catalog.has_dimension(DAY):
            return None
        domain = self._snapshot.domains[DAY]
        return (started_on - domain.first_day).days if domain.n_present else 0

    def test(self, clause: AnyClause) -> Test:
        """Return what tells which rows a clause keeps."""
        domain = self._snapshot.domains[clause.dimension]
        if domain.dimension.is_binned and isinstance(clause, RangeClause):
            check_range(domain.dimension, clause)
            return self._within(domain.dimension.column, clause)
        codes, table = self._member(clause.dimension)
        kept = domain.mask(clause).take(table)
        return lambda part: kept.take(codes[part])

    def added(self, measure: Measure) -> Taken:
        """Return what tells what each row adds to a measure."""
        if measure.name not in self._added:
            self._added[measure.name] = self._product(measure)
        return self._added[measure.name]

    def _product(self, measure: Measure) -> Taken:
        if not measure.factors:
            return lambda part: np.ones(part.stop - part.start)
        first, *others = (self._factor(name, power) for name, power in measure.factors)

        def product(part: slice) -> Floats:
            found = first(part)
            for factor in others:
                found *= factor(part)
            return found

        return product

    def _chunks(self) -> list[slice]:
        ends, first = [], 0
        while first < self.n_rows:
            last = min(first + CHUNK, self.n_rows)
            while last < self.n_rows and not (found := self.starts(slice(last, min(last + CHUNK, self.n_rows)))).any():
                last += len(found)
            last += int(np.argmax(found)) if last < self.n_rows else 0
            ends.append(slice(first, last))
            first = last
        return ends

    def _within(self, column: str, clause: RangeClause) -> Test:
        value = self._value(column)
        low, high = (None if isinstance(end, date) else end for end in (clause.low, clause.high))

        def kept(part: slice) -> Bools:
            values = value(part)
            found = ~np.isnan(values)
            if low is not None:
                found &= values >= low
            if high is not None:
                found &= values < high
            return found

        return kept

    def _value(self, column: str) -> Taken:
        stored, code, table = self._stored(column)
        if table is None:
            return lambda part: code.decode(stored[part])
        return lambda part: table.take(stored[part])

    def _factor(self, column: str, power: int) -> Taken:
        """Return what tells the power of each row's value, 0 where it is missing."""
        stored, code, table = self._stored(column)
        if table is None:
            return lambda part: _power(code.decode(stored[part]), power)
        powers = _power(table, power)
        return lambda part: powers.take(stored[part])

    def _stored(self, column: str) -> tuple[AnyCodes, ValueCode, Floats | None]:
        if column not in self._values:
            stored = self._array(f"values.{column}")
            code = ValueCode.from_array(self._index.array(f"scales.{column}", self._connection))
            self._values[column] = stored, code, code.table()
        return self._values[column]

    def _member(self, dimension: str) -> tuple[AnyCodes, Places]:
        """Return codes and the place of each code's member."""
        if dimension not in self._coded:
            self._coded[dimension] = self._read_member(dimension)
        return self._coded[dimension]

    def _read_member(self, dimension: str) -> tuple[AnyCodes, Places]:
        domain = self._snapshot.domains[dimension]
        column = domain.dimension.column
        codes = self._array(f"codes.{column}")
        if not domain.dimension.is_binned:
            return codes, np.arange(len(domain))
        cuts = self._index.array(f"cuts.{column}", self._connection)
        return codes, CodedColumn(column, codes, cuts, domain).places()

    def _array(self, name: str) -> AnyCodes:
        if not self._index.has(name) or (self._has_users and not self._index.has(STARTS)):
            raise NotIndexedError(f"the index has no {name}")
        read = self._index.array if name == STARTS else self._index.by_user
        return read(name, self._connection)


def _power(values: Floats, power: int) -> Floats:
    """Return powers of values, also negative ones, 0 where values are missing; power 0 tells whether they are there."""
    is_missing = np.isnan(values)
    if not power:
        return (~is_missing).astype(np.float64)
    if power == 1:
        return np.where(is_missing, 0.0, values)
    with np.errstate(divide="ignore"):  # a table has values between those of the data too
        return np.where(is_missing, 0.0, values**power)
