"""CellTable: the prediction of every combination that the trees can tell apart, with its contributions."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.bins import Bins, bins_of
from model.examples import Floats
from model.explainer import Explained, behind_sigmoid
from model.trained import TrainedTask

MOST_BYTES = 20_000_000
"""Of the contributions; a table that would be larger is not made."""

_PORTION = 20_000


@dataclass(frozen=True)
class CellTable:
    """Every prediction that a model can make; lighter and quicker than the trees, and equal to them.

    Attributes
    ----------
    bins : Bins
        Which values fall together.
    log_odds : ndarray of float, shape (n_cells,)
        The prediction, behind the sigmoid.
    contributions : ndarray of float, shape (n_cells, k)
        What each feature adds to ``base_log_odds``; their sum is ``log_odds``.
    base_log_odds : float
        Expectation of the trees.
    """

    bins: Bins
    log_odds: Floats
    contributions: Floats
    base_log_odds: float

    def explain(self, x: Floats) -> Explained:
        """Return the predictions of rows, shape (n, k)."""
        found = self.bins.index(x)
        return Explained(self.log_odds[found], self.contributions[found], self.base_log_odds)

    def explain_one(self, values: Sequence[float]) -> tuple[float, list[float], float]:
        """Return log odds, contributions and base of one row."""
        found = self.bins.index_of(values)
        return float(self.log_odds[found]), self.contributions[found].tolist(), self.base_log_odds

    def to_bytes(self) -> bytes:
        """Return the table as npz; equal tables give equal bytes."""
        named: dict[str, Any] = {f"cuts_{place}": cuts for place, cuts in enumerate(self.bins.cuts)}
        named |= {f"groups_{place}": groups for place, groups in enumerate(self.bins.groups)}
        base = np.array(self.base_log_odds)
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, log_odds=self.log_odds, contributions=self.contributions, base=base, **named)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "CellTable":
        """Return the table of `to_bytes`; nothing in it is executed.

        Raises
        ------
        ValueError, KeyError, OSError, BadZipFile
            Where the bytes are none of ours; what is served is checked by its hash before.
        """
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            places = range(sum(name.startswith("cuts_") for name in file.files))
            cuts = tuple(file[f"cuts_{place}"] for place in places)
            bins = Bins(cuts, tuple(file[f"groups_{place}"] for place in places))
            table = cls(bins, file["log_odds"], file["contributions"], float(file["base"]))
        if table.contributions.shape != (bins.n_cells, len(cuts)) or table.log_odds.shape != (bins.n_cells,):
            raise ValueError("the table of cells does not have the shape that its bins give it")
        return table


def make_cells(task: TrainedTask, booster: Any) -> CellTable | None:
    """Return the table of a task, or None where it would be too large to keep, or nothing is predicted but a rate.

    Parameters
    ----------
    task : TrainedTask
        What the table is of.
    booster : Booster
        Its trees; may be None where the task is withheld.
    """
    n_features = len(task.features)
    if task.is_withheld or not n_features:
        return None
    bins = bins_of(task.trees, task.features)
    if bins.n_cells * n_features * 8 > MOST_BYTES:
        return None
    raw = np.empty((bins.n_cells, n_features + 1))
    for start in range(0, bins.n_cells, _PORTION):
        index = np.arange(start, min(start + _PORTION, bins.n_cells))
        raw[index] = booster.predict(bins.rows(index), pred_contrib=True, num_threads=1)
    return CellTable(bins, *behind_sigmoid(raw, task))


def cells_name(task_name: str) -> str:
    """Return the name of the file that holds the table of a task, in its version."""
    return f"{task_name}/cells.npz"
