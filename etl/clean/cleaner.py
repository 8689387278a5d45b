"""Cleaner: the records of a batch as columns of the catalog, and which cells could not be read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from config import Config, FieldSpec
from etl.clean.reading import Mask, Reading, flag_of, read_flags, read_ids, read_members, read_numbers
from etl.clean.rules import breaks_rule, cells_equal
from etl.clean.sift import Fault
from etl.clean.spelling import Speller, same
from etl.clean.times import read_days, read_times
from etl.sources import Batch
from semantic.catalog import DAY, SESSION_ID, STARTED_AT
from semantic.errors import InputError, unknown_name


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A batch as columns of the catalog, every record still in its place.

    Attributes
    ----------
    frame : DataFrame
        One row a record; missing where a cell is empty or unreadable.
    faults : list of Fault
        Unreadable cells and broken consistency rules.
    """

    frame: pd.DataFrame
    faults: list[Fault]


class Cleaner:
    """Turns batches into columns; remembers spellings from batch to batch.

    Parameters
    ----------
    config : Config
        Which source column is which field, and how it is cleaned.
    columns : collection of str
        Columns that the source has.
    source_hash : str
        Names sessions that have no id of their own.
    known : mapping of str to collection of str
        Members that fields have in the data so far; their spelling stays.

    Raises
    ------
    InputError
        Where the configuration names columns that the source does not have.
    """

    def __init__(
        self,
        config: Config,
        columns: Collection[str],
        source_hash: str,
        known: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        _check_columns(config, columns)
        self._config = config
        self._columns = tuple(sorted(columns))
        self._prefix = (source_hash or "row")[:12]
        self._spellers = {
            name: Speller((*spec.values, *(known or {}).get(name, ())), spec.aliases)
            for name, spec in config.fields.items()
            if spec.kind in ("category", "place")
        }

    def clean(self, batch: Batch, only: Collection[str] = ()) -> Cleaned:
        """Return a batch as clean columns.

        Parameters
        ----------
        batch : Batch
            Records of the source.
        only : collection of str
            Fields that are wanted, without session ids and consistency rules; all where empty.
        """
        columns: dict[str, pd.Series[Any]] = {}
        faults: list[Fault] = []
        for name, spec in self._config.fields.items():
            if only and name not in only:
                continue
            reading = self._read(name, spec, batch)
            columns[name] = _filled(reading, spec)
            if reading.unreadable.any():
                faults.append(Fault(spec.column, reading.rule, reading.unreadable))
        if STARTED_AT in columns:
            columns[DAY] = read_days(columns[STARTED_AT], self._config.display.timezone)
        if SESSION_ID not in columns and not only:
            columns[SESSION_ID] = self._made_ids(batch)
        frame = pd.DataFrame(columns, copy=False)
        return Cleaned(frame, faults if only else [*faults, *self._broken_rules(batch, frame)])

    def _read(self, name: str, spec: FieldSpec, batch: Batch) -> Reading:
        column = batch.table[spec.column]
        if name in self._spellers:
            return read_members(column, self._spellers[name].spell)
        if spec.kind == "id":
            return read_ids(column)
        if spec.kind == "time":
            reading = read_times(column, self._config.display.timezone)
            days = reading.values if name == STARTED_AT else read_days(reading.values, self._config.display.timezone)
            return replace(reading, values=days)
        if spec.kind == "flag":
            return read_flags(column, spec.aliases)
        return read_numbers(column)

    def _made_ids(self, batch: Batch) -> "pd.Series[str]":
        """Return names for sessions without an id: by their place, or by content so that equal records are one."""
        if self._config.cleaning.identical == "keep":
            return pd.Series([f"{self._prefix}:{line}" for line in batch.lines.tolist()], dtype=object)
        records = batch.table.select(self._columns).to_pandas()
        halves = [
            pd.util.hash_pandas_object(records, index=False, hash_key=key).to_numpy()
            for key in ("0123456789123456", "6543219876543210")
        ]
        return pd.Series(
            [f"{a:016x}{b:016x}" for a, b in zip(*map(np.ndarray.tolist, halves), strict=True)], dtype=object
        )

    def _broken_rules(self, batch: Batch, frame: pd.DataFrame) -> list[Fault]:
        faults = []
        for rule in self._config.cleaning.rules:
            mask = breaks_rule(rule, lambda key, value: self._holds(batch, frame, key, value), len(frame))
            if mask.any():
                key = next(iter(rule.then))
                faults.append(Fault(self._column_of(key), rule.name, mask))
        return faults

    def _holds(self, batch: Batch, frame: pd.DataFrame, key: str, value: str) -> Mask:
        spec = self._config.fields.get(key)
        if key in self._spellers:
            wanted = self._spellers[key].spell(value)
            values = frame[key]
            return (values == wanted).to_numpy() if wanted else values.isna().to_numpy()
        if spec and spec.kind == "flag":
            return (frame[key] == flag_of(value, spec.aliases)).to_numpy()
        if spec and spec.kind in ("number", "amount", "band", "probability"):
            return (frame[key] == float(value)).to_numpy()
        return cells_equal(batch.table[self._column_of(key)], lambda text: same(text, value), empty=not value)

    def _column_of(self, key: str) -> str:
        return self._config.fields[key].column if key in self._config.fields else key


def _filled(reading: Reading, spec: FieldSpec) -> "pd.Series[Any]":
    values = reading.values
    if spec.missing == "zero" and values.dtype == np.float64:
        return values.where(values.notna() | reading.unreadable, 0.0)
    return values


def _check_columns(config: Config, columns: Collection[str]) -> None:
    faults = [
        f"fields.{name}: {unknown_name('column', spec.column, columns)}"
        for name, spec in config.fields.items()
        if spec.column not in columns
    ]
    keys = {key for rule in config.cleaning.rules for key in (*rule.when, *rule.then)}
    known = [*columns, *config.fields]
    faults += [f"cleaning.rules: {unknown_name('column', key, known)}" for key in sorted(keys) if key not in known]
    if faults:
        raise InputError("the source does not have what the configuration names; " + "; ".join(faults))
