"""NumberFormat: numbers as people read them; assets/format.js does the same, and a test compares the two."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

NO_BREAK = "\u00a0"
MINUS = "\u2212"
ABSENT = "–"
_FIRST_PAIR = 99_999

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
        return _signed(self.rate(fraction))

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

    def difference(self, value: float | None, unit: str) -> str:
        """Return a difference with its sign; that of two fractions in percentage points."""
        if value is None:
            return ABSENT
        text = f"{self.fixed(value * 100, 1)}{NO_BREAK}pt" if unit == "fraction" else self.value(value, unit)
        return _signed(text)


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


def _bare(text: str) -> str:
    return text.partition(NO_BREAK)[0]
