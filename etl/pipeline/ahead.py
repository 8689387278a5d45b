"""Working ahead: an iterator that runs in a thread of its own, a few items before its reader."""

from collections.abc import Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")


class _End:
    """The end of the items, with the error that ended them."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def ahead(items: Iterator[T], depth: int = 1) -> Iterator[T]:
    """Yield the items of an iterator that works while its reader does; an error in it is raised at its place.

    Parameters
    ----------
    items : iterator
        Runs in its own thread from the first ``next`` on; it stops when the reader stops.
    depth : int
        How many finished items may wait.
    """
    waiting: Queue[T | _End] = Queue(depth)
    stopped = Event()
    thread = Thread(target=_run, args=(items, waiting, stopped), daemon=True)
    thread.start()
    try:
        while not isinstance(item := waiting.get(), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        stopped.set()
        thread.join()


def _run(items: Iterator[T], waiting: "Queue[T | _End]", stopped: Event) -> None:
    end = _End(None)
    try:
        for item in items:
            if not _put(item, waiting, stopped):
                break
    except BaseException as error:  # noqa: BLE001 it is raised again in the reader's thread
        end = _End(error)
    _put(end, waiting, stopped)


def _put(item: T | _End, waiting: "Queue[T | _End]", stopped: Event) -> bool:
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=0.1)
        except Full:
            continue
        return True
    return False
