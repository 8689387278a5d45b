"""Speller: one spelling for each member of a category, whatever case, white space or alias a log uses."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from semantic.catalog import MISSING

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Speller:
    """Maps what a source wrote to the one spelling that is stored.

    Parameters
    ----------
    members : iterable of str
        Spellings that are fixed.
    aliases : mapping of str to str
        Other spellings of a member.

    Notes
    -----
    A text is compared without case, with white space trimmed and collapsed, after Unicode compatibility
    normalisation. One that is neither a member nor an alias keeps the spelling in which it was first seen.
    """

    def __init__(self, members: Iterable[str] = (), aliases: Mapping[str, str] | None = None) -> None:
        self._spelling_of: dict[str, str] = {_key(MISSING): ""}
        for member in members:
            self._spelling_of.setdefault(_key(member), tidy(member))
        for alias, member in (aliases or {}).items():
            self._spelling_of[_key(alias)] = self.spell(member)

    def spell(self, text: str) -> str:
        """Return the stored spelling of a text; empty where it says nothing."""
        tidied = tidy(text)
        return self._spelling_of.setdefault(_key(tidied), tidied)


def tidy(text: str) -> str:
    """Return the text without outer white space, inner runs of white space and control characters as one space."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def same(first: str, second: str) -> bool:
    """Return whether two texts differ at most in case and white space."""
    return _key(tidy(first)) == _key(tidy(second))


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
