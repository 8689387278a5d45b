"""Levels: each feature as a few classes, with how alike the model expects the classes to be."""

from dataclasses import dataclass

import numpy as np

from model.examples import Examples, Feature, Floats, Whole

N_BINS = 10
LEAST_RARER = 5.0
MOST_LEVELS = 30


@dataclass(frozen=True, slots=True)
class Levels:
    """One feature in classes.

    Attributes
    ----------
    code : ndarray of int, shape (n,)
        Class of each row, from 0 on.
    basis : ndarray of float, shape (classes, r)
        What an effect of the feature is expected to look like: a sum of these columns with independent coefficients of
        equal variance. Columns have mean 0 over the rows; together their variance is the square root of their number.
    """

    code: Whole
    basis: Floats

    @property
    def n(self) -> int:
        """How many classes there are."""
        return len(self.basis)


def levels_of(examples: Examples, n_bins: int = N_BINS, most: int = MOST_LEVELS) -> tuple[Levels, ...]:
    """Return the features that vary, in classes.

    Parameters
    ----------
    examples : Examples
        Rows with both outcomes.
    n_bins : int
        Bins of a number, of equal size as far as ties allow.
    most : int
        Classes that a category keeps at most; the rarest go together.

    Notes
    -----
    Missing is a class of its own. Classes in which less than five of the rarer outcome are expected go together, so
    that sums within them are near to normal.
    """
    rarer = min(examples.base_rate, 1 - examples.base_rate)
    least = LEAST_RARER / rarer if rarer > 0 else np.inf
    found = (
        _numbered(column, examples.weight, n_bins, least)
        if feature.kind == "number"
        else _named(column, examples.weight, most, least)
        for feature, column in _columns(examples)
    )
    return tuple(levels for levels in found if levels.n > 1)


def _columns(examples: Examples) -> list[tuple[Feature, Floats]]:
    return [(feature, examples.x[:, place]) for place, feature in enumerate(examples.features)]


def _named(column: Floats, weight: Floats, most: int, least: float) -> Levels:
    code = np.unique(column, return_inverse=True)[1]
    size = np.bincount(code, weight)
    order = np.argsort(-size, kind="stable")
    n_kept = min(most - 1, int((size >= least).sum()))
    place = np.empty(len(size), dtype=np.int64)
    place[order] = np.minimum(np.arange(len(size)), n_kept)
    merged = _without_rare_last(place[code], weight, least)
    return Levels(merged, _scaled(np.eye(int(merged.max(initial=0)) + 1), _shares(merged, weight)))


def _without_rare_last(code: Whole, weight: Floats, least: float) -> Whole:
    size = np.bincount(code, weight)
    return np.minimum(code, len(size) - 2) if len(size) > 1 and size[-1] < least else code


def _numbered(column: Floats, weight: Floats, n_bins: int, least: float) -> Levels:
    known = ~np.isnan(column)
    code = np.zeros(len(column), dtype=np.int64)
    n_used = int(min(n_bins, max(weight[known].sum() // least, 1)))
    cuts = np.unique(_quantiles(column[known], weight[known], n_used)) if known.any() else np.zeros(0)
    code[known] = np.searchsorted(cuts, column[known], side="left")
    code[known] = np.unique(code[known], return_inverse=True)[1]
    n_bins_found = int(code[known].max(initial=-1)) + 1
    has_missing = weight[~known].sum() >= least
    code[~known] = n_bins_found if has_missing else n_bins_found // 2
    shares = _shares(code, weight)
    waves = _waves(shares[:n_bins_found])
    if has_missing:
        waves = np.pad(waves, ((0, 1), (0, 1)))
        waves[-1, -1] = 1.0
    return Levels(code, _scaled(waves, shares))


def _quantiles(values: Floats, weight: Floats, n_bins: int) -> Floats:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    at = np.searchsorted(reached, reached[-1] * np.arange(1, n_bins) / n_bins)
    return np.asarray(values[order][np.minimum(at, len(values) - 1)])


def _waves(shares: Floats) -> Floats:
    middle = (np.cumsum(shares) - shares / 2) / max(shares.sum(), 1e-300)
    order = np.arange(1, len(shares))
    return np.asarray(np.cos(np.pi * np.outer(middle, order)) / np.sqrt(order))


def _shares(code: Whole, weight: Floats) -> Floats:
    size = np.bincount(code, weight)
    return np.asarray(size / max(size.sum(), 1e-300))


def _scaled(basis: Floats, shares: Floats) -> Floats:
    centred = basis - shares @ basis
    variance = shares @ np.square(centred)
    n_free = len(shares) - 1
    total = float(variance.sum())
    return centred * np.sqrt(np.sqrt(n_free) / total) if total > 0 else centred[:, :0]
