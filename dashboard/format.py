"""NumberFormat: numbers as people read them; assets/format.js does the same, and a test compares the two."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

NO_BREAK = "\u00a0"
MINUS = "\u2212"
ABSENT = "–"
_FIRST_PAIR = 99_999
_NUMBER = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![.,]?\w)"
_SIGNS = {"comma_point": (",", "."), "point_comma": (".", ","), "space_comma": ("\u202f", ",")}
_NARROW, _NEAR_ZERO = 0.005, 0.0005

Grouping = Literal["international", "indian"]
Numbers = Literal["comma_point", "point_comma", "space_comma"]
CurrencyPosition = Literal["before", "after"]
CurrencyDecimals = Literal["as_needed", "none"]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers are written.

    Attributes
    ----------
    currency : str
        Sign of amounts; the unit of a metric that is an amount.
    grouping : {"international", "indian"}
        200,000 or 2,00,000.
    numbers : {"comma_point", "point_comma", "space_comma"}
        1,234.5 or 1.234,5 or 1 234,5.
    currency_position : {"before", "after"}
        Where the sign stands.
    currency_decimals : {"as_needed", "none"}
        ``none`` writes whole amounts; differences keep what tells them apart.
    """

    currency: str
    grouping: Grouping
    numbers: Numbers = "comma_point"
    currency_position: CurrencyPosition = "before"
    currency_decimals: CurrencyDecimals = "as_needed"

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
        return (MINUS if value < 0 and text.strip("0.") else "") + self._signs(text)

    def exact(self, text: str) -> str:
        """Return a number that is written as in a configuration or URL, with its own decimals."""
        return self.fixed(float(text), len(text.partition(".")[2]))

    def level(self, fraction: float) -> str:
        """Return a level of confidence in percent, with as many decimals as it has."""
        return f"{self.exact(f'{fraction * 100:.10g}')}{NO_BREAK}%"

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
        is_whole = self.currency_decimals == "none" and unit == self.currency
        return self._with_unit(value, 0 if is_whole else _places(value if scale is None else scale), unit)

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
        if unit == self.currency and self.currency_position == "before":
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
        if unit == "count":
            return _signed(self.count(value))
        return _signed(self._with_unit(value, _places(max(map(abs, ends), default=value)), unit))

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

    def regrouped(self, text: str, names: Collection[str] = ()) -> str:
        """Return a sentence with the numbers in it written as configured.

        Parameters
        ----------
        text : str
            A sentence with numbers such as 200,000 and 4.1.
        names : collection of str
            What is left as it is, such as the variant "Version 2.0".

        Examples
        --------
        >>> NumberFormat("₹", "indian").regrouped("Old: 33.0 % of 200,000 sessions.")
        'Old: 33.0 % of 2,00,000 sessions.'
        """
        kept = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True) if name)
        pattern = f"({kept})|{_NUMBER}" if kept else f"(?!)()|{_NUMBER}"
        return re.sub(pattern, lambda found: found[1] or self.exact(found[0].replace(",", "")), text)

    def _with_unit(self, value: float, places: int, unit: str) -> str:
        text = self.fixed(value, places)
        if unit and unit == self.currency and self.currency_position == "before":
            return f"{MINUS if text[0] == MINUS else ''}{unit}{NO_BREAK}{text.removeprefix(MINUS)}"
        return f"{text}{NO_BREAK}{unit}" if unit else text

    def _signs(self, text: str) -> str:
        group, point = _SIGNS[self.numbers]
        return text.translate({ord(","): group, ord("."): point})


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
