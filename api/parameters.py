"""What the URLs hold: a filter, with the keys that pages use, and the parameters of an analysis or of sessions."""

import re
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from typing import get_args
from urllib.parse import unquote_plus

from analytics import Analysis, Params
from analytics.experiment.effect import Alternative
from semantic.errors import ProductError, unknown_name
from semantic.experiment import Method
from semantic.filter import Filter
from semantic.sessions_page import DEFAULT_ROWS, PageQuery, Sort

PARAMETERS = tuple(field.name for field in fields(Params))
"""Keys of an analysis that are no dimension."""
VERSUS = "versus"
"""The key of another selection to compare with."""

PAGE_PARAMETERS = ("sort", "first", "n", "find")
"""Keys of sessions that are no dimension."""


class ParameterError(ProductError):
    """A parameter breaks its rule."""


def read_filter(query: str, parameters: Collection[str] = (*PARAMETERS, VERSUS)) -> Filter:
    """Return the filter that a query string holds beside the parameters.

    Parameters
    ----------
    query : str
        As it stands in the URL, still encoded.
    parameters : collection of str
        Keys that are no dimension.

    Raises
    ------
    FilterError
        Where a range cannot be read.
    """
    return Filter.from_pairs(pair for pair in _pairs(query) if pair[0] not in parameters)


def read_params(query: str, analysis: Analysis, defaults: Params) -> Params:
    """Return the parameters that a query string holds.

    Parameters
    ----------
    query : str
        As it stands in the URL, still encoded.
    analysis : Analysis
        Whose parameters are read.
    defaults : Params
        What holds where the query says nothing.

    Raises
    ------
    ParameterError
        Where a value breaks the rule of its parameter, or the analysis has no such parameter.
    """
    given = {key: unquote_plus(value) for key, value in _pairs(query) if key in PARAMETERS and value}
    for name in given:
        if name not in analysis.parameters:
            raise ParameterError(unknown_name(f"parameter of {analysis.name}", name, analysis.parameters))
    read: dict[str, float | str] = {name: _READERS.get(name, str)(text) for name, text in given.items()}
    return replace(defaults, **read)  # type: ignore[arg-type]


def read_versus(query: str, analysis: Analysis) -> Filter | None:
    """Return the other selection that a query string asks to compare with, if any.

    Parameters
    ----------
    query : str
        As it stands in the URL; ``versus`` holds a filter's query string, encoded once more, or ``all``.
    analysis : Analysis
        What shall compare.

    Raises
    ------
    ParameterError
        Where the analysis compares with no other selection.
    FilterError
        Where a range cannot be read.
    """
    given = [unquote_plus(value) for key, value in _pairs(query) if key == VERSUS and value]
    if given and not analysis.has_versus:
        raise ParameterError(unknown_name(f"parameter of {analysis.name}", VERSUS, analysis.parameters))
    return Filter.from_query(given[-1]) if given else None


def read_page(query: str) -> PageQuery:
    """Return which sessions a query string asks for.

    Parameters
    ----------
    query : str
        As it stands in the URL, still encoded.

    Raises
    ------
    FilterError
        Where a range cannot be read.
    ParameterError
        Where a place or a number of rows is no whole number.
    """
    given = {key: unquote_plus(value) for key, value in _pairs(query) if key in PAGE_PARAMETERS and value}
    return PageQuery(
        read_filter(query, PAGE_PARAMETERS),
        Sort.from_text(given.get("sort", "")),
        _whole("first", given.get("first", "0")),
        _whole("n", given.get("n", str(DEFAULT_ROWS))),
        given.get("find", "").strip(),
    )


def _whole(name: str, text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ParameterError(f"{name} is {text!r}, must be a whole number; write {name}=100")
    return int(text)


def _pairs(query: str) -> list[tuple[str, str]]:
    parts = (part.partition("=") for part in query.split("&") if part)
    return [(unquote_plus(key), value) for key, _, value in parts]


def _confidence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.5 < value < 1:
        raise ParameterError(f"confidence is {text!r}, must lie in (0.5, 1); write 0.95 for 95 %")
    return value


def _depth(text: str) -> int:
    if text not in ("1", "2", "3"):
        raise ParameterError(f"depth is {text!r}, must be 1, 2 or 3; write the number of dimensions of a segment")
    return int(text)


def _min_sessions(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) > 0):
        raise ParameterError(f"min_sessions is {text!r}, must be a whole number from 1 on; write 100")
    return int(text)


def _fraction_of(name: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not 0 < value < 1:
            raise ParameterError(f"{name} is {text!r}, must lie in (0, 1); write 0.02 for 2 %")
        return value

    return read


def _part(text: str) -> float:
    return 1.0 if text in ("1", "1.0") else _fraction_of("traffic_share")(text)


def _one_of(name: str, words: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ParameterError(unknown_name(name, text, words))
        return text

    return read


_READERS: dict[str, Callable[[str], float | str]] = {
    "confidence": _confidence,
    "depth": _depth,
    "min_sessions": _min_sessions,
    "power": _fraction_of("power"),
    "effect": _fraction_of("effect"),
    "traffic_share": _part,
    "treatment_share": _fraction_of("treatment_share"),
    "goal": _one_of("goal", ("lift", "no_loss")),
    "method": _one_of("method", get_args(Method)),
    "alternative": _one_of("alternative", get_args(Alternative)),
}
"""How a parameter's text becomes its value; a parameter without one is a name and stays as it is."""
