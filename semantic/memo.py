"""Memo: the last results of something slow, by key."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Remembers; safe for threads, two of which may compute the same thing at once.

    Parameters
    ----------
    size : int
        How many results are kept.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the result of that key, computed where it is not remembered."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[no-any-return]
        result = compute()
        self.keep(key, result)
        return result

    def recall(self, key: Hashable) -> Any:
        """Return the result of that key, or None where it is not remembered."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: Hashable, result: Any) -> None:
        """Remember a result."""
        with self._lock:
            self._found[key] = result
            while len(self._found) > self._size:
                self._found.popitem(last=False)
