"""Rules of what people may add: each function returns a value in its normal form, or raises one sentence."""

import hashlib
import re
import reprlib
import unicodedata
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from semantic.errors import unknown_name
from semantic.notes.records import NoteError

MAX_NAME = 80
MAX_QUERY = 4_000
MAX_TEXT = 120
MAX_VARIANT = 191
_SHOWN = 60
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_URL_SAFE = "%&=+,;:@/?!$()*-._~"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""Characters that turn the direction of what stands beside them."""


def plain_text(what: str, value: str, longest: int) -> str:
    """Return a text with single blanks, without outer ones.

    Parameters
    ----------
    what : str
        The noun for the sentence, such as ``"the name"``.
    value : str
        Any text.
    longest : int
        How many characters it may have.

    Raises
    ------
    NoteError
        Where nothing of it is seen, it is too long, or it holds characters that are not text.

    Examples
    --------
    >>> plain_text("the name", "  Mobile   in Delhi ", 80)
    'Mobile in Delhi'
    """
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    hidden = next((c for c in text if c in _TURNING or unicodedata.category(c) in ("Cc", "Cs")), "")
    if hidden:
        raise NoteError(f"{what} holds the control character U+{ord(hidden):04X}, must be plain text; leave it out")
    if not _seen(text):
        raise NoteError(f"{what} is empty, must have 1 to {longest} characters; write something")
    if len(text) > longest:
        raise NoteError(f"{what} has {len(text)} characters, may have {longest}; shorten it")
    return text


def name_key(name: str) -> str:
    """Return what is equal for names that people would take for one: case and hidden characters do not count.

    Examples
    --------
    >>> name_key("Straße") == name_key("STRASSE")
    True
    """
    folded = unicodedata.normalize("NFKC", _seen(name)).casefold()
    return hashlib.sha256(unicodedata.normalize("NFKC", folded).encode()).hexdigest()


def known_path(path: str, known: Sequence[str]) -> str:
    """Return the path of one of our pages; raises NoteError for every other text."""
    if path not in known:
        raise NoteError(unknown_name("page", path[:_SHOWN], known))
    return path


def normal_query(query: str) -> str:
    """Return a query string that is safe in a URL and a header; what is encoded stays as it is.

    Raises
    ------
    NoteError
        Where it is longer than 4,000 characters once encoded, or holds what is no text.

    Examples
    --------
    >>> normal_query("?device=Mobile&&location=São Paulo")
    'device=Mobile&location=S%C3%A3o%20Paulo'
    """
    try:
        encoded = quote(_BARE_PERCENT.sub("%25", query.removeprefix("?").partition("#")[0]), safe=_URL_SAFE)
    except UnicodeEncodeError as error:
        raise NoteError("the query holds what is no text, must be that of a page's URL; copy it again") from error
    normal = "&".join(part for part in encoded.split("&") if part)
    if len(normal) > MAX_QUERY:
        raise NoteError(f"the query has {len(normal)} characters, may have {MAX_QUERY}; remove some of the filter")
    return normal


def known_day(text: str) -> date:
    """Return the day of an ISO date; raises NoteError where it is none, or not from 1900 to 2199."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.isoformat() != text or not _FIRST_DAY <= day <= _LAST_DAY:
        raise NoteError(f"day is {reprlib.repr(text)}, must be a date from 1900 to 2199; write it as 2026-07-31")
    return day


def _seen(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
