"""Progress: counts the phases of a training as they begin."""

from model.telling import Tell


class Progress:
    """Tells each phase as it begins.

    Parameters
    ----------
    tell : callable
        See `Tell`.
    n_phases : int
        How many are expected at first.
    """

    def __init__(self, tell: Tell, n_phases: int) -> None:
        self._tell = tell
        self._n_phases = n_phases
        self._n_begun = 0

    def expect(self, n_more: int) -> None:
        """Expect more phases."""
        self._n_phases += n_more

    def begin(self, phase: str) -> None:
        """Tell that a phase begins, and that those before are done."""
        self._tell(phase, self._n_begun, max(self._n_phases, self._n_begun + 1))
        self._n_begun += 1
