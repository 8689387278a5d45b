"""Confusion: who is found and who is missed at many thresholds at once, with what users add to the errors."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.estimate import Estimate, estimates
from model.examples import Floats
from model.scored import Scored, summed
from model.scoring.influence import clustered_wilson, effective_n

COUNTED = ("true_positive", "false_positive", "false_negative", "true_negative")


DENOMINATORS = {
    "everyone": (1.0, 1.0, 1.0, 1.0),
    "selected": (1.0, 1.0, 0.0, 0.0),
    "converted": (1.0, 0.0, 1.0, 0.0),
    "either": (2.0, 1.0, 1.0, 0.0),
}
RATIOS = {
    "true_positive": ((1.0, 0.0, 0.0, 0.0), "everyone"),
    "false_positive": ((0.0, 1.0, 0.0, 0.0), "everyone"),
    "true_negative": ((0.0, 0.0, 0.0, 1.0), "everyone"),
    "false_negative": ((0.0, 0.0, 1.0, 0.0), "everyone"),
    "precision": ((1.0, 0.0, 0.0, 0.0), "selected"),
    "recall": ((1.0, 0.0, 0.0, 0.0), "converted"),
    "accuracy": ((1.0, 0.0, 0.0, 1.0), "everyone"),
    "f1": ((2.0, 0.0, 0.0, 0.0), "either"),
}
"""Each proportion as numerator and denominator over `COUNTED`; F1 is 2 TP / (2 TP + FP + FN)."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts at each of t thresholds.

    Attributes
    ----------
    counts : ndarray of float, shape (t, 4)
        Sessions, in the order of `COUNTED`.
    products : ndarray of float, shape (t, 4, 4)
        Sums over users of the products of their counts.
    n_users : mapping of str to ndarray of float, shape (t,)
        Users with any session of each denominator.
    """

    counts: Floats
    products: Floats
    n_users: Mapping[str, Floats]

    def estimates(self, name: str, confidence: float) -> tuple[Estimate, ...]:
        """Return a proportion at each threshold, with Wilson's interval on its effective number of sessions.

        Parameters
        ----------
        name : str
            One of `RATIOS`.
        confidence : float
            Two-sided level in (0, 1).

        Notes
        -----
        With counts c of each user, numerator a'c and denominator b'c, the variance of r = a'C / b'C is
        ``(a - r b)' S (a - r b) / (b'C)²``, S the sum of c c' over users: that of the influence values of `ratio_of`.
        """
        numerator, of = RATIOS[name]
        above, below, users = np.array(numerator), np.array(DENOMINATORS[of]), self.n_users[of]
        total = self.counts @ below
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.counts @ above / total
            excess = above - value[:, None] * below
            variance = np.einsum("ti,tij,tj->t", excess, self.products, excess) / total**2
            least = total**2 / (self.products @ below @ below)
        variance = np.where(users > 1, variance * users / np.maximum(users - 1, 1), 0.0)
        effective = effective_n(value, variance, total, least)
        return estimates(
            clustered_wilson(value, effective, confidence), self.counts.sum(axis=1) if of == "either" else total
        )


def confusion_of(scored: Scored, thresholds: Floats) -> Confusion:
    """Return the counts where sessions scored at least each threshold are selected.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    thresholds : ndarray of float, shape (t,)
        In any order.
    """
    if scored.n_users == len(scored):
        return _of_single_rows(scored, thresholds)
    totals = tuple(scored.by_user(scored.weight * y) for y in (scored.y, 1 - scored.y))
    found = np.zeros((len(thresholds), 4)), np.zeros((len(thresholds), 4, 4)), np.zeros((len(thresholds), 4))
    for place, threshold in enumerate(thresholds):
        users = _by_user(scored, threshold, totals)
        found[0][place], found[1][place] = users.sum(axis=1), users @ users.T
        found[2][place] = [np.count_nonzero(np.array(below) @ users) for below in DENOMINATORS.values()]
    return Confusion(found[0], found[1], dict(zip(DENOMINATORS, found[2].T, strict=True)))


def _by_user(scored: Scored, threshold: float, totals: tuple[Floats, ...]) -> Floats:
    """Return each user's counts, shape (4, users)."""
    selected = scored.weight * (scored.score >= threshold)
    true_positive, false_positive = scored.by_user(selected * scored.y), scored.by_user(selected * (1 - scored.y))
    return np.array([true_positive, false_positive, totals[0] - true_positive, totals[1] - false_positive])


def _of_single_rows(scored: Scored, thresholds: Floats) -> Confusion:
    """Return the counts where no user has two rows, so that no product of different counts is left."""
    place = np.searchsorted(np.sort(thresholds), scored.score, side="right")
    order = np.argsort(np.argsort(thresholds, kind="stable"), kind="stable")
    outcomes = (scored.y, 1 - scored.y)
    counts, squares, rows = (
        np.concatenate([_split(summed(place, values * y, len(thresholds) + 1)) for y in outcomes])[[0, 2, 1, 3]][
            :, order
        ]
        for values in (scored.weight, scored.weight**2, np.sign(scored.weight))
    )
    products = np.zeros((len(thresholds), 4, 4))
    products[:, range(4), range(4)] = squares.T
    n_users = {name: (np.array(below) > 0) @ rows for name, below in DENOMINATORS.items()}
    return Confusion(counts.T, products, n_users)


def _split(at_places: Floats) -> Floats:
    """Return what is selected at each threshold, and what is not, from sums between thresholds."""
    not_selected = np.cumsum(at_places)[:-1]
    return np.array([at_places.sum() - not_selected, not_selected])
