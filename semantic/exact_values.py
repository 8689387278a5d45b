"""Exact values: a numeric column as whole numbers where nothing is lost; codes between cuts do not tell them."""

from dataclasses import dataclass

import numpy as np

from semantic.row_codes import AnyCodes, Floats

_SCALES = (1.0, 10.0, 100.0, 1_000.0, 10_000.0)
_KINDS = (np.uint8, np.uint16, np.uint32)
_MOST_IN_TABLE = 65_536


@dataclass(frozen=True)
class ValueCode:
    """How a column's values are stored.

    Attributes
    ----------
    scale : float
        What values are multiplied by; 0 where they are stored as they are.
    low : float
        The smallest value, scaled; it is stored as 1, and missing values as 0.
    high : float
        The largest value, scaled.
    """

    scale: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def n_codes(self) -> int:
        """Number of codes; 0 where values are stored as they are."""
        return int(self.high - self.low) + 2 if self.scale else 0

    def encode(self, values: Floats) -> AnyCodes:
        """Return what is stored of values, NaN where they are missing."""
        if not self.scale:
            return values
        kind = next(kind for kind in _KINDS if self.n_codes <= np.iinfo(kind).max + 1)
        codes = np.rint(values * self.scale) - (self.low - 1)
        codes[np.isnan(values)] = 0
        return codes.astype(kind)

    def decode(self, stored: AnyCodes) -> Floats:
        """Return the values; NaN where they are missing."""
        if not self.scale:
            return np.asarray(stored, dtype=np.float64)
        values = (stored.astype(np.float64) + (self.low - 1)) / self.scale
        values[stored == 0] = np.nan
        return values

    def table(self) -> Floats | None:
        """Return the value of each code, or None where there are too many."""
        return self.decode(np.arange(self.n_codes)) if 0 < self.n_codes <= _MOST_IN_TABLE else None

    def to_array(self) -> Floats:
        """Return what `from_array` reads."""
        return np.array([self.scale, self.low, self.high])

    @classmethod
    def from_array(cls, array: Floats) -> "ValueCode":
        """Return the code that `to_array` wrote."""
        return cls(*map(float, array))


class ValueFitter:
    """Finds the smallest code that holds all values of a column."""

    def __init__(self) -> None:
        self._scales = list(_SCALES)
        self._low, self._high = np.inf, -np.inf

    def add(self, values: Floats) -> None:
        """Take in values, NaN where they are missing."""
        present = values[~np.isnan(values)]
        if not len(present):
            return
        self._low, self._high = min(self._low, float(present.min())), max(self._high, float(present.max()))
        with np.errstate(over="ignore"):
            while self._scales and not np.array_equal(np.rint(present * self._scales[0]) / self._scales[0], present):
                self._scales.pop(0)

    def code(self) -> ValueCode:
        """Return the code."""
        if self._low > self._high:
            return ValueCode(1.0)
        if not self._scales or not np.isfinite([self._low, self._high]).all():
            return ValueCode()
        low, high = (float(np.rint(end * self._scales[0])) for end in (self._low, self._high))
        is_narrow = high - low + 2 <= np.iinfo(np.uint32).max and max(abs(low), abs(high)) < 2**53
        return ValueCode(self._scales[0], low, high) if is_narrow else ValueCode()
