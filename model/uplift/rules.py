"""Rules: the best policy of at most two questions, such as "Device Mobile" and "Age under 25"."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats
from model.examples import Whole
from model.uplift.axes import Axis

_CHUNK = 50_000
_LEAF_SHARE = 0.01
_EQUAL = 1e-9
_EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Question:
    """What a branch asks: is the member this one, or does the number lie below this edge?

    Attributes
    ----------
    axis : int
        Place of the axis.
    place : int
        Of the member; of the edge for a number.
    """

    axis: int
    place: int

    def holds(self, axis: Axis, code: Whole) -> npt.NDArray[np.bool_]:
        """Return for which codes the answer is yes; what is missing is a no."""
        return np.asarray((code >= 0) & (code <= self.place) if axis.edges else code == self.place)

    def in_words(self, axis: Axis, *, is_yes: bool) -> str:
        """Return one answer in words."""
        if not axis.edges:
            return f"{axis.label} {'is' if is_yes else 'is not'} {axis.members[self.place]}"
        has_missing = not is_yes and bool((axis.code < 0).any())
        side = "under" if is_yes else "from"
        return f"{axis.label} {side} {axis.edges[self.place]:,.10g}{' or unknown' if has_missing else ''}"


@dataclass(frozen=True, slots=True)
class Tree:
    """A policy; ``question`` is None at a leaf.

    Attributes
    ----------
    treats : bool
        At a leaf: whether its visitors get the treatment.
    question : Question or None
        What is asked.
    branches : tuple of Tree
        For yes, then for no.
    """

    treats: bool
    question: Question | None = None
    branches: tuple["Tree", ...] = ()

    @property
    def n_leaves(self) -> int:
        """How many parts it makes of the visitors."""
        return sum(branch.n_leaves for branch in self.branches) or 1

    def decide(self, axes: tuple[Axis, ...]) -> npt.NDArray[np.bool_]:
        """Return for each session whether it gets the treatment."""
        if self.question is None:
            return np.full(len(axes[0].code) if axes else 1, self.treats)
        axis = axes[self.question.axis]
        yes, no = (branch.decide(axes) for branch in self.branches)
        return np.where(self.question.holds(axis, axis.code), yes, no)

    def leaves(self, axes: tuple[Axis, ...], path: tuple[str, ...] = ()) -> tuple[tuple[bool, str], ...]:
        """Return for each leaf whether it treats, and whom, in words."""
        if self.question is None:
            return ((self.treats, " and ".join(path) or _EVERYBODY),)
        axis = axes[self.question.axis]
        found: tuple[tuple[bool, str], ...] = ()
        for is_yes, branch in zip((True, False), self.branches, strict=True):
            found += branch.leaves(axes, (*path, self.question.in_words(axis, is_yes=is_yes)))
        return found


class Search:
    """Exact search over all trees of at most two questions, from sums that can be added over folds.

    Parameters
    ----------
    axes : tuple of Axis
        What may be asked.
    gain, weight : ndarray of float, shape (n,)
        Weighted score of the effect, and sessions.
    fold : ndarray of int, shape (n,)
        Sums are kept apart by it.

    Notes
    -----
    For questions a and b, the sums over sessions for which both are yes, over all folds wanted, give each leaf of each
    tree. A leaf is treated where its sum is above 0, and holds at least a hundredth of the sessions; of equally good
    trees, the one with the fewest leaves is taken.

    References
    ----------
    Athey, S., Wager, S. (2021). Policy learning with observational data. Econometrica 89, 133-161.
    """

    def __init__(self, axes: tuple[Axis, ...], gain: Floats, weight: Floats, fold: Whole) -> None:
        self.questions = [
            Question(place, member)
            for place, axis in enumerate(axes)
            for member in range(len(axis.edges) or len(axis.members))
        ]
        n_folds = int(fold.max()) + 1
        sums = [self._sums(axes, values, fold, n_folds) for values in (gain, weight)]
        self._gain, self._weight = sums

    def best(self, folds: list[int]) -> Tree:
        """Return the tree that gains most in some folds."""
        gain, weight = self._gain[folds].sum(axis=0), self._weight[folds].sum(axis=0)
        least = _LEAF_SHARE * weight[-1, -1]
        everyone = len(self.questions)
        all_yes = [self._child(gain[a], weight[a], a, least) for a in range(everyone)]
        rests = [(gain[-1] - gain[a], weight[-1] - weight[a]) for a in range(everyone)]
        all_no = [self._child(*rest, everyone, least) for rest in rests]
        total = float(gain[-1, -1])
        found = [(max(total, 0.0), Tree(total > 0))]
        for question, yes, no in zip(self.questions, all_yes, all_no, strict=True):
            found.append((yes[0] + no[0], _merged(Tree(False, question, (yes[1], no[1])))))
        near = max(value for value, _ in found) - _EQUAL * np.abs(gain).max()
        return min((tree for value, tree in found if value >= near), key=lambda tree: tree.n_leaves)

    def _child(self, gain: Floats, weight: Floats, whole: int, least: float) -> tuple[float, Tree]:
        """Return the best value within a branch, and its tree; sums of the branch stand at ``whole``."""
        if weight[whole] < least:
            return -np.inf, Tree(False)
        yes, no = gain[:-1], gain[whole] - gain[:-1]
        is_large = (weight[:-1] >= least) & (weight[whole] - weight[:-1] >= least)
        values = np.where(is_large, np.maximum(yes, 0) + np.maximum(no, 0), -np.inf)
        alone = max(float(gain[whole]), 0.0)
        if values.max(initial=-np.inf) <= alone + _EQUAL * np.abs(gain).max():
            return alone, Tree(bool(gain[whole] > 0))
        place = int(values.argmax())
        branches = (Tree(bool(yes[place] > 0)), Tree(bool(no[place] > 0)))
        return float(values[place]), Tree(False, self.questions[place], branches)

    def _sums(self, axes: tuple[Axis, ...], values: Floats, fold: Whole, n_folds: int) -> Floats:
        """Return sums where both of two questions are yes, by fold; the last question is always yes."""
        size = len(self.questions) + 1
        total = np.zeros((n_folds, size, size))
        for start in range(0, len(values), _CHUNK):
            rows = slice(start, start + _CHUNK)
            asked = [q.holds(axes[q.axis], axes[q.axis].code[rows]) for q in self.questions]
            yes = np.array([*asked, np.ones(len(values[rows]), bool)], dtype=np.float64)
            for part in range(n_folds):
                total[part] += (yes * (values[rows] * (fold[rows] == part))) @ yes.T
        return total


def _merged(tree: Tree) -> Tree:
    if tree.question is None:
        return tree
    branches = tuple(_merged(branch) for branch in tree.branches)
    if all(branch.question is None for branch in branches) and branches[0].treats == branches[1].treats:
        return Tree(branches[0].treats)
    return Tree(False, tree.question, branches)
