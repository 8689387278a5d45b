"""NumberFormat: numbers as people read them; assets/format.js does the same, and a test compares the two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

NO_BREAK = "\u00a0"
MINUS = "\u2212"
ABSENT = "–"
_FIRST_PAIR = 99_999
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]\d)")
_NARROW, _NEAR_ZERO = 0.005, 0.0005

Grouping = Literal["international", "indian"]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers are written.

    Attributes
    ----------
    currency : str
        Sign before amounts; the unit of a metric that is an amount.
    grouping : {"international", "indian"}
        200,000 or 2,00,000.
    """

    currency: str
    grouping: Grouping

    def fixed(self, value: float, places: int) -> str:
        """Return the number with that many decimals, halves away from zero.

        Examples
        --------
        >>> NumberFormat("₹", "indian").fixed(1234567.5, 0)
        '12,34,568'
        """
        size = abs(value)
        is_tie = size * 10**places % 1 == 0.5
        text = f"{_half_up(size, places) if is_tie else size:,.{places}f}"
        if self.grouping == "indian" and size >= _FIRST_PAIR:
            text = _in_pairs(text)
        return text if value >= 0 or not text.strip("0.") else MINUS + text

    def count(self, value: float) -> str:
        """Return a whole number."""
        return self.fixed(value, 0)

    def rate(self, fraction: float, places: int = 1) -> str:
        """Return a fraction in percent."""
        return f"{self.fixed(fraction * 100, places)}{NO_BREAK}%"

    def signed_rate(self, fraction: float) -> str:
        """Return a relative difference in percent, with its sign."""
        return _signed(self.rate(fraction, _point_places((fraction,))))

    def value(self, value: float | None, unit: str, scale: float | None = None) -> str:
        """Return a metric's value with its unit.

        Parameters
        ----------
        value : float or None
            None reads as a dash.
        unit : str
            ``fraction``, ``count``, the currency, or the unit of a mean.
        scale : float, optional
            The number whose size decides on the decimals; default: the value itself.
        """
        if value is None:
            return ABSENT
        if unit == "fraction":
            return self.rate(value)
        if unit == "count":
            return self.count(value)
        text = self.fixed(value, _places(value if scale is None else scale))
        if unit and unit == self.currency:
            return f"{MINUS if text[0] == MINUS else ''}{unit}{NO_BREAK}{text.removeprefix(MINUS)}"
        return f"{text}{NO_BREAK}{unit}" if unit else text

    def interval(self, low: float | None, high: float | None, unit: str, scale: float | None = None) -> str:
        """Return both ends of an interval, with the unit once.

        Parameters
        ----------
        low, high : float or None
            The ends; empty text where one is None.
        unit, scale
            As for `value`.
        """
        if low is None or high is None:
            return ""
        first, last = (self.value(end, unit, scale) for end in (low, high))
        if unit == self.currency:
            return f"{first} – {last.removeprefix(unit + NO_BREAK)}"
        return f"{_bare(first)} – {last}"

    def difference(self, value: float | None, unit: str, ends: Sequence[float] = ()) -> str:
        """Return a difference with its sign; that of two fractions in percentage points.

        Parameters
        ----------
        value, unit
            As for `value`.
        ends : sequence of float
            The interval's, from which the decimals follow; default: from the value.
        """
        if value is None:
            return ABSENT
        if unit == "fraction":
            return _signed(f"{self.fixed(value * 100, _point_places(ends))}{NO_BREAK}pt")
        return _signed(self.value(value, unit, max(map(abs, ends), default=None)))

    def difference_interval(self, low: float, high: float, unit: str) -> str:
        """Return both ends of the interval of a difference, with signs and without the unit.

        Examples
        --------
        >>> NumberFormat("₹", "indian").difference_interval(0.009, 0.0271, "fraction")
        '+0.9 to +2.7'
        """
        ends = (low, high)
        factor, places = (100, _point_places(ends)) if unit == "fraction" else (1, _places(max(map(abs, ends))))
        first, last = (_signed(self.fixed(end * factor, places)) for end in ends)
        return f"{first} to {last}"

    def regrouped(self, text: str) -> str:
        """Return a sentence with the whole numbers in it grouped as configured.

        Examples
        --------
        >>> NumberFormat("₹", "indian").regrouped("Old: 33.0 % of 200,000 sessions.")
        'Old: 33.0 % of 2,00,000 sessions.'
        """
        return _GROUPED.sub(lambda found: self.count(float(found[0].replace(",", ""))), text)


def _half_up(value: float, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _in_pairs(text: str) -> str:
    """Return a number whose digits are grouped in threes, grouped as lakh and crore."""
    whole, point, rest = text.partition(".")
    digits = whole.replace(",", "")
    head = digits[:-3]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), digits[-3:]]) + point + rest


def _signed(text: str) -> str:
    return text if text.startswith(MINUS) or not any(c in "123456789" for c in text) else f"+{text}"


def _places(value: float) -> int:
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


def _point_places(ends: Sequence[float]) -> int:
    """Return how many decimals of percent tell both ends apart, and each from zero."""
    is_narrow = len(ends) > 1 and max(ends) - min(ends) < _NARROW
    return 2 if is_narrow or any(0 < abs(end) < _NEAR_ZERO for end in ends) else 1


def _bare(text: str) -> str:
    return text.partition(NO_BREAK)[0]
