"""The errors that people see: one sentence with the value, the rule and the remedy."""

from collections.abc import Iterable
from difflib import get_close_matches


class ProductError(Exception):
    """A fault that the reader can mend; its text is one sentence fit for a screen."""


class ConfigError(ProductError):
    """The configuration breaks a rule; the text lists every fault found."""


class InputError(ProductError):
    """A source cannot be read, or what it holds breaks a rule for the whole source."""


class UnknownNameError(ProductError):
    """A name that was asked for does not exist."""


class StoreError(ProductError):
    """The database does not answer, or holds nothing to serve."""


def unknown_name(what: str, value: str, known: Iterable[str]) -> str:
    """Return the sentence that names an unknown value and the nearest known ones.

    Parameters
    ----------
    what : str
        The noun, such as ``"dimension"``.
    value : str
        The name that was not found.
    known : iterable of str
        The names that exist.

    Returns
    -------
    str
        One sentence with the remedy.

    Examples
    --------
    >>> unknown_name("dimension", "devise", ["device", "gender"])
    "unknown dimension 'devise'; did you mean 'device'? Known: device, gender"
    """
    names = sorted(map(str, known))
    near = get_close_matches(value, names, n=2, cutoff=0.6) or [
        name for name in names if name.casefold() == value.casefold()
    ]
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else "."
    return f"unknown {what} {value!r}{hint} Known: {', '.join(names) or 'none'}"
