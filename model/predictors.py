"""Predictors: one a task, each made when it is first asked for, once the version has been loaded elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from threading import Lock

from model.errors import ModelError
from model.predictor import Predictor, predictor_of
from model.registry import Stored

Check = Callable[[Stored], None]
"""Raises ModelError where a version cannot be used."""


class Predictors(Mapping[str, Predictor]):
    """Predictors by the names of tasks; for any number of threads.

    Parameters
    ----------
    stored : Stored
        The version.
    check : callable
        Asked once, before the first predictor is made.

    Attributes
    ----------
    fault : str
        Why the version cannot be used; empty where it can, or nobody has tried.
    """

    def __init__(self, stored: Stored, check: Check) -> None:
        self.fault = ""
        self._stored, self._check = stored, check
        self._tasks = {str(task.name): task for task in stored.tasks}
        self._made: dict[str, Predictor] = {}
        self._is_checked = False
        self._lock = Lock()

    def __getitem__(self, name: str) -> Predictor:
        """Return the predictor of a task; raises ModelError where the version cannot be used."""
        task = self._tasks[name]
        if name not in self._made:
            with self._lock:
                self._check_once()
                self._made[name] = self._made.get(name) or predictor_of(task, self._stored.files)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)

    def _check_once(self) -> None:
        if self.fault:
            raise ModelError(self.fault)
        if self._is_checked:
            return
        try:
            self._check(self._stored)
        except ModelError as error:
            self.fault = str(error)
            raise
        self._is_checked = True
