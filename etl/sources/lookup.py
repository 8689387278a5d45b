"""Columns of another file joined to every session by a key, such as a country for each user."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.sources.source import Batch, Source
from semantic.errors import InputError, unknown_name


@dataclass(frozen=True)
class Lookup:
    """A file with one row for each key.

    Attributes
    ----------
    source : Source
        The file.
    on : str
        Name of the key, in the file and in the sessions.
    """

    source: Source
    on: str

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns that are added."""
        return tuple(name for name in self.source.columns() if name != self.on)

    def check(self, columns: Sequence[str], name: str) -> None:
        """Raise InputError unless the key is on both sides and the added columns are new to the sessions."""
        for place, known in ((name, columns), (self.source.name, self.source.columns())):
            if self.on not in known:
                raise InputError(f"{place}: {unknown_name('column', self.on, known)}; correct lookups.on")
        both = [column for column in self.columns() if column in columns]
        if both:
            raise InputError(
                f"{self.source.name} adds the column {both[0]!r}, which {name} has too; names must differ, rename one"
            )

    def join(self, table: pa.Table) -> pa.Table:
        """Return a table with the columns added; null where its key is not in the file."""
        row = pc.index_in(_key(table.column(self.on)), value_set=self._keys)
        for name in self.columns():
            table = table.append_column(name, self._rows.column(name).take(row))
        return table

    @cached_property
    def _rows(self) -> pa.Table:
        parts = []
        for batch in self.source.batches():
            if batch.unreadable:
                fault = batch.unreadable[0]
                raise InputError(f"{self.source.name} line {fault.line} has {fault.reason}; mend that row")
            parts.append(batch.table)
        table = pa.concat_tables(parts, promote_options="permissive").combine_chunks()
        table = table.set_column(table.schema.get_field_index(self.on), self.on, _key(table.column(self.on)))
        table = table.filter(pc.is_valid(table.column(self.on)))
        return self._one_row_a_key(table)

    def _one_row_a_key(self, table: pa.Table) -> pa.Table:
        rows = table.group_by(table.column_names, use_threads=False).aggregate([])
        counts = rows.column(self.on).combine_chunks().value_counts()
        twice = counts.filter(pc.greater(counts.field("counts"), 1))
        if len(twice):
            raise InputError(
                f"{self.source.name} has different rows for {self.on} {twice[0]['values'].as_py()!r} "
                f"({len(twice):,} such keys); a key must have one row, keep one"
            )
        return rows.combine_chunks()

    @cached_property
    def _keys(self) -> pa.Array:
        return self._rows.column(self.on).combine_chunks()


class JoinedSource:
    """A source with the columns of lookups added.

    Parameters
    ----------
    source : Source
        Where sessions come from.
    lookups : sequence of Lookup
        Joined in order, so that a later one may use a column of an earlier one as its key.

    Raises
    ------
    InputError
        Where a key is missing or a column would stand twice.
    """

    def __init__(self, source: Source, lookups: Sequence[Lookup]) -> None:
        self._source, self._lookups = source, tuple(lookups)
        self.name = f"{source.name} with {', '.join(Path(lookup.source.name).name for lookup in lookups)}"
        self.origin, self.size, self.size_unit = source.origin, source.size, source.size_unit
        columns = source.columns()
        for lookup in lookups:
            lookup.check(columns, source.name)
            columns += lookup.columns()
        self._columns = columns

    def columns(self) -> tuple[str, ...]:
        """Return the names of the source's columns, then of the lookups'."""
        return self._columns

    def fingerprint(self) -> str:
        """Return the SHA-256 over the source's and the lookups' content; empty where one is unknown."""
        parts = [self._source.fingerprint(), *(lookup.source.fingerprint() for lookup in self._lookups)]
        return hashlib.sha256(" ".join(parts).encode()).hexdigest() if all(parts) else ""

    def batches(self) -> Iterator[Batch]:
        """Yield the source's batches with the columns added."""
        for batch in self._source.batches():
            table = batch.table
            for lookup in self._lookups:
                table = lookup.join(table)
            yield replace(batch, table=table)


def _key(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return keys as text without outer blanks, so that 1, 1.0 and "1 " are one key; null where empty."""
    if pa.types.is_floating(column.type):
        with suppress(pa.ArrowInvalid):
            column = column.cast(pa.int64())
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
