"""Vocabulary: from values by name to numbers in one fixed order; nothing unknown is scored without a word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from model.errors import ModelError
from model.examples import Feature
from model.vocabulary.column import Column, absent_column, as_arrow, encode_column
from model.vocabulary.encoded import Encoded, EncodedOne
from model.vocabulary.meaning import Reader, reader_for


@dataclass(frozen=True)
class Vocabulary:
    """What a model knows of each of its features; stored with it.

    Attributes
    ----------
    features : tuple of Feature
        In the order of the columns.
    """

    features: tuple[Feature, ...]

    @cached_property
    def _readers(self) -> tuple[tuple[str, Reader], ...]:
        return tuple((feature.name, reader_for(feature)) for feature in self.features)

    def encode(self, columns: Mapping[str, Any]) -> Encoded:
        """Return many sessions as numbers.

        Parameters
        ----------
        columns : mapping of str to array-like or Array
            By the names of features; the order does not matter, and other columns are passed over.

        Raises
        ------
        ModelError
            Where columns are of different lengths.
        """
        known = {name: as_arrow(columns[name]) for name, _ in self._readers if name in columns}
        lengths = {name: len(values) for name, values in known.items()}
        if len(set(lengths.values())) > 1:
            raise ModelError(f"columns have different lengths ({lengths}); give one value of each for every session")
        n_rows = next(iter(lengths.values()), max(map(len, columns.values()), default=0))
        found: list[Column] = [
            encode_column(name, reader, known[name]) if name in known else absent_column(name, reader.missing, n_rows)
            for name, reader in self._readers
        ]
        x = np.column_stack([column.numbers for column in found]) if found else np.zeros((n_rows, 0))
        faults = tuple(flag for column in found for flag in column.faults)
        return Encoded(x, faults, tuple(flag for column in found for flag in column.repairs))

    def encode_one(self, values: Mapping[str, str | float | None]) -> EncodedOne:
        """Return one session as numbers.

        Parameters
        ----------
        values : mapping of str to str, float or None
            By the names of features; None, NaN, an empty text and an absent name are missing.
        """
        x, notices = [], []
        for name, reader in self._readers:
            value = values.get(name)
            meaning = reader.missing if value is None else reader.read(value)
            x.append(meaning.number)
            if meaning.note:
                notices.append(meaning.notice)
        return EncodedOne(np.array(x, dtype=np.float64), tuple(notices))

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` needs."""
        return {"features": [_plain(feature) for feature in self.features]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Vocabulary":
        """Return the vocabulary that `to_json` wrote."""
        return cls(tuple(_feature(item) for item in data["features"]))


def _plain(feature: Feature) -> dict[str, Any]:
    data = asdict(feature)
    return {name: None if value != value else value for name, value in data.items()}


def _feature(data: Mapping[str, Any]) -> Feature:
    ends = {name: np.nan if data[name] is None else float(data[name]) for name in ("low", "high", "median")}
    aliases = tuple((str(alias), str(member)) for alias, member in data["aliases"])
    return Feature(**{**data, **ends, "members": tuple(data["members"]), "aliases": aliases})
