"""OnceAVersion: something that follows from one version of the data, made when that is first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class OnceAVersion(Generic[Made]):
    """Keeps what was made of the newest version; for any number of threads, the first of which may make it twice.

    Parameters
    ----------
    make : callable
        Makes it.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._kept: tuple[str, Made] | None = None

    def of(self, version: str) -> Made:
        """Return what was made of a version."""
        kept = self._kept
        if kept is None or kept[0] != version:
            kept = self._kept = (version, self._make())
        return kept[1]
