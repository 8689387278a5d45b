"""Meaning: the number that a value stands for, and what must be said of it; one reader for each kind of feature."""

import math
import re
import unicodedata
from difflib import get_close_matches
from typing import NamedTuple

from model.examples import OTHER, Feature
from semantic.catalog import MISSING

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NOTHING = frozenset({"", "nan", "null", "none", "na", "n/a", "\\n"})
_N_KNOWN = 8


class Meaning(NamedTuple):
    """What one value means.

    Attributes
    ----------
    number : float
        For the model; NaN is missing.
    note : str
        What must be said, without the full stop; empty: nothing.
    instead : str
        What one prediction makes of a fault.
    is_fault : bool
        True where the model cannot answer for the number.
    """

    number: float
    note: str = ""
    instead: str = ""
    is_fault: bool = False

    @property
    def notice(self) -> str:
        """The sentence for one prediction."""
        return f"{self.note}; {self.instead}." if self.instead else f"{self.note}."


class MemberReader:
    """Reads texts as members of a category, whatever case, white space or alias they come in.

    Parameters
    ----------
    feature : Feature
        The category.
    """

    def __init__(self, feature: Feature) -> None:
        self._feature = feature
        self.missing = missing(feature)
        self.code_of = {member: float(code) for code, member in enumerate(feature.members)}
        self._near = {_key(member): member for member in reversed(feature.members)}
        meant = {_key(alias): self._near.get(_key(member)) for alias, member in feature.aliases}
        self._near = {alias: member for alias, member in meant.items() if member} | self._near

    def read(self, value: object, *, is_brief: bool = False) -> Meaning:
        """Return what a value means.

        Parameters
        ----------
        value : object
            Text, or a number or flag that a member is the text of.
        is_brief : bool
            Whether to leave out the nearest members, which takes time to find.
        """
        text = _text(value)
        if text in self.code_of:
            return Meaning(self.code_of[text])
        key = _key(text)
        member = self._near.get(key)
        if member is not None:
            return Meaning(self.code_of[member], f"{self._feature.label} {text!r} was read as {member!r}")
        if key in ("", MISSING):
            return self.missing
        if OTHER in self.code_of:
            note = f"{self._feature.label} {text!r} is too rare to be known by itself, so it was read as {OTHER}"
            return Meaning(self.code_of[OTHER], note)
        return Meaning(math.nan, self._unknown(text, key, is_brief), "it was taken as missing", is_fault=True)

    def _unknown(self, text: str, key: str, is_brief: bool) -> str:
        members = self._feature.members
        known = ", ".join(members[:_N_KNOWN]) + (f" and {len(members) - _N_KNOWN} more" * (len(members) > _N_KNOWN))
        near = [] if is_brief else get_close_matches(key, self._near, n=1, cutoff=0.6)
        hint = f"did you mean {self._near[near[0]]!r}? " if near else ""
        shown = text if len(text) <= 100 else text[:100] + "…"
        return f"{self._feature.label} is {shown!r}, which the model does not know; {hint}it knows {known or 'nothing'}"


class NumberReader:
    """Reads numbers, and says where they lie beyond what was learned from.

    Parameters
    ----------
    feature : Feature
        The number.
    """

    def __init__(self, feature: Feature) -> None:
        self._feature = feature
        self.missing = missing(feature)
        self.low = -math.inf if math.isnan(feature.low) else feature.low
        self.high = math.inf if math.isnan(feature.high) else feature.high

    def read(self, value: object, *, is_brief: bool = False) -> Meaning:  # noqa: ARG002 - as of MemberReader
        """Return what a value means: a number, or text that is one."""
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text.casefold() in _NOTHING:
            return self.missing
        number = _number(text)
        if number is None:
            shown = str(text)[:100]
            note = f"{self._feature.label} is {shown!r}, which is no number"
            instead = self.missing.instead or "it was taken as missing"
            return Meaning(self.missing.number, note, instead, is_fault=True)
        if math.isnan(number):
            return self.missing
        return Meaning(number) if self.low <= number <= self.high else self.outside(number)

    def outside(self, number: float) -> Meaning:
        """Return what a number means that lies beyond what was learned from."""
        edge = min(max(number, self.low), self.high)
        unit = f" {self._feature.unit}" if self._feature.unit else ""
        span = f"the model learned from {_shown(self.low)} to {_shown(self.high)}{unit}"
        note = f"{self._feature.label} is {_shown(number)}; {span}"
        return Meaning(edge, note, f"{_shown(edge)} was taken for it", is_fault=True)


Reader = MemberReader | NumberReader


def reader_for(feature: Feature) -> Reader:
    """Return the reader of a feature's kind."""
    return MemberReader(feature) if feature.kind == "category" else NumberReader(feature)


def missing(feature: Feature) -> Meaning:
    """Return what an absent value means: nothing to say where sessions without it were learned from.

    Notes
    -----
    Trees that never saw a missing number take it for 0 without a word, so the median stands for it.
    """
    if feature.has_missing:
        return Meaning(math.nan)
    note = f"{feature.label} is missing, which it was in no session that the model learned from"
    if math.isnan(feature.median):
        return Meaning(math.nan, note, "the answer is less sure than it looks", is_fault=True)
    return Meaning(feature.median, note, f"the median, {_shown(feature.median)}, was taken for it", is_fault=True)


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", _SPACE.sub(" ", text).strip()).casefold()


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _number(value: object) -> float | None:
    if isinstance(value, str) and "_" in value:
        return None
    try:
        number = math.nan if value is None else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return None if math.isinf(number) else number


def _shown(number: float) -> str:
    return f"{number:,.10g}"
