"""Fields: what a reader may set, as texts of a URL; each has its rule, its usual value and its help."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from semantic.errors import InputError

Control = Literal["number", "percent", "percents", "numbers", "choice"]
_MOST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One setting.

    Attributes
    ----------
    name, label : str
        Key of the URL, and what people read.
    control : {"number", "percent", "percents", "numbers", "choice"}
        A number; one in per cent; several of either, with spaces or semicolons between them; one of the choices.
    usual : str
        What holds where nothing is chosen, as it would be typed.
    unit : str
        What stands behind the number.
    help : str
        One sentence.
    choices : tuple of (str, str)
        Value and label of each.
    is_extra : bool
        Whether it stands under the fold, with what goes wrong.
    """

    name: str
    label: str
    control: Control
    usual: str
    unit: str = ""
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_extra: bool = False


def values_of(fields: Sequence[Field], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the value of each field: a number, a fraction for per cent, a tuple of them, or a choice.

    Parameters
    ----------
    fields : sequence of Field
        What may be set.
    texts : mapping of str to str
        What is; what is absent is as usual.

    Raises
    ------
    InputError
        Where a text cannot be read.

    Examples
    --------
    >>> values_of([Field("effects", "Effects", "percents", "0")], {"effects": "2 -1.5"})
    {'effects': (0.02, -0.015)}
    """
    return {field.name: _value(field, texts.get(field.name, "").strip() or field.usual) for field in fields}


def canonical(fields: Sequence[Field], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of all fields; equal settings have equal texts, however they were typed.

    Examples
    --------
    >>> canonical([Field("rate", "Rate", "percent", "12")], {"rate": "5.0"})
    {'rate': '5'}
    """
    return {field.name: _canonical(field, texts.get(field.name, "").strip() or field.usual) for field in fields}


def _canonical(field: Field, text: str) -> str:
    if field.control == "choice":
        return str(_value(field, text))
    numbers = [_number(field, part) for part in _parts(field, text)]
    return " ".join(f"{number:.10g}" for number in numbers)


def _value(field: Field, text: str) -> Any:
    if field.control == "choice":
        if text not in dict(field.choices):
            known = ", ".join(value for value, _ in field.choices)
            raise InputError(f"{field.label} is {text[:_MOST_TEXT]!r}, must be one of {known}; choose one")
        return text
    factor = 100 if field.control.startswith("percent") else 1
    numbers = tuple(_number(field, part) / factor for part in _parts(field, text))
    return numbers if field.control.endswith("s") else numbers[0]


def _parts(field: Field, text: str) -> list[str]:
    """Return what stands for numbers; a comma is a decimal one where a single number is asked for."""
    if field.control.endswith("s"):
        return text.replace(";", " ").replace("/", " ").replace("%", " ").split()
    return [text.replace("%", "").replace(",", ".").strip()]


def _number(field: Field, part: str) -> float:
    try:
        number = float(part.replace("−", "-").replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > 1e12:
        raise InputError(f"{field.label} is {part[:_MOST_TEXT]!r}, must be a number such as {field.usual or '50'}")
    return number
