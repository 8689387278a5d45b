"""Heartbeat: says that a training lives and what it does, while it is at work."""

from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from model.registry import Registry
from model.registry.trainings import tell_training
from model.telling import Tell
from semantic.errors import StoreError

BEAT_S = 5.0
_LEAST_S = 0.5


class Heartbeat:
    """Writes the phase of a training when it changes, and at least every `BEAT_S`; a context manager.

    A database that is away for a while does not end a training.

    Parameters
    ----------
    registry : Registry
        Where it is told.
    number : int
        Of the training.
    """

    def __init__(self, registry: Registry, number: int) -> None:
        self._registry, self._number = registry, number
        self._phase: tuple[str, int, int] = ("begin", 0, 0)
        self._is_new, self._is_over = Event(), Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._is_new.set()
        self._thread.join()

    def told(self, tell: Tell) -> Tell:
        """Return what is told each phase: the registry, and ``tell``."""

        def both(phase: str, done: int, total: int) -> None:
            self._phase = (phase, done, total)
            self._is_new.set()
            tell(phase, done, total)

        return both

    def _beat(self) -> None:
        while not self._is_over.is_set():
            self._is_new.wait(BEAT_S)
            self._is_new.clear()
            with suppress(StoreError):
                tell_training(self._registry, self._number, *self._phase)
            self._is_over.wait(_LEAST_S)
