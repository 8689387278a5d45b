"""Effects: whether conversion depends on features one by one or in pairs, tested by scores summed within users."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.linalg import block_diag
from scipy.sparse import csr_array

from model.examples import Examples, Floats, Whole
from model.signal.levels import Levels, levels_of
from model.signal.mixture import combined, tail
from model.signal.rows import Rows, rows_of

SHARE_SMOOTH, SHARE_FLAT, SHARE_SINGLE, SHARE_PAIRS = 0.4, 0.1, 0.25, 0.25
_LEAST_VARIANCE = 1e-9
_N_BINS_OF_PAIRS = 5
_MOST_LEVELS_OF_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Quadratic:
    """A sum of squared scores.

    Attributes
    ----------
    value : float
        The sum.
    weights : ndarray of float
        It is distributed as chi-squared variables with these weights where nothing has an effect.
    spread : float
        Variance of the log odds that a noncentrality of 1 stands for.
    """

    value: float
    weights: Floats
    spread: float

    @property
    def p_value(self) -> float:
        """Probability of a sum at least as large by chance."""
        return tail(self.value, self.weights)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the classes of some features against a constant chance.

    Attributes
    ----------
    value : ndarray of float, shape (k,)
        Residuals summed over the sessions of each class.
    variance : ndarray of float, shape (k, k)
        Of the values, clustered by user.
    slope : ndarray of float, shape (k, k)
        How the values rise with the log odds of the classes.
    covariance : ndarray of float, shape (k, k)
        Of the classes' indicators among sessions.
    """

    value: Floats
    variance: Floats
    slope: Floats
    covariance: Floats

    def quadratic(self, basis: Floats) -> Quadratic:
        """Return the squared length of the scores along the columns of a basis, shape (k, r)."""
        weights = np.maximum(np.linalg.eigvalsh(basis.T @ self.variance @ basis), 0.0)
        squares = float(np.square(basis.T @ self.slope @ basis).sum()) * float(weights.sum())
        spread = float(np.trace(basis.T @ self.covariance @ basis)) * float(np.square(weights).sum())
        value = float(np.square(self.value @ basis).sum())
        return Quadratic(value, weights, spread / squares if squares > 0 else np.nan)

    def whitening(self) -> Floats:
        """Return the basis in which all effects that can be told apart weigh the same."""
        variances, directions = np.linalg.eigh(self.covariance)
        is_kept = variances > _LEAST_VARIANCE * variances.max(initial=0)
        return np.asarray(directions[:, is_kept] / np.sqrt(variances[is_kept]))


@dataclass(frozen=True, slots=True)
class Effects:
    """What was found: the p-value of all tests together, and the sum over all features; None where none varies."""

    p_value: float
    main: Quadratic | None


def find_effects(examples: Examples) -> Effects:
    """Return whether features have effects on the outcome, alone or in pairs.

    Parameters
    ----------
    examples : Examples
        Rows with both outcomes.
    """
    rows = rows_of(examples)
    ordered = rows.examples
    levels = levels_of(ordered)
    if not levels:
        return Effects(1.0, None)
    scores = scores_of(rows, np.column_stack([each.code for each in levels]), [each.n for each in levels])
    smooth = scores.quadratic(block_diag(*(each.basis for each in levels)))
    single = [scores.quadratic(basis).p_value for basis in _apart(levels)]
    pairs = [_pair(rows, one, other).p_value for one, other in combinations(_coarse(ordered), 2)]
    p_values = [smooth.p_value, scores.quadratic(scores.whitening()).p_value, *single, *pairs]
    shares = [SHARE_SMOOTH, SHARE_FLAT, *_even(SHARE_SINGLE, len(single)), *_even(SHARE_PAIRS, len(pairs))]
    return Effects(combined(p_values, shares), smooth)


def scores_of(rows: Rows, codes: Whole, sizes: list[int]) -> Scores:
    """Return the scores of classes.

    Parameters
    ----------
    rows : Rows
        Of one test.
    codes : ndarray of int, shape (n, features)
        Class of each row, for each feature from 0 on.
    sizes : list of int
        How many classes each feature has.
    """
    weight, error = rows.examples.weight, rows.error
    places = codes + np.r_[0, np.cumsum(sizes)[:-1]]
    errors, counts = (_by_user(rows, values, places, sum(sizes)) for values in (error, weight))
    size, users = rows.by_user(weight), rows.by_user(error)
    mean = counts.T @ rows.share / (rows.share @ size)
    variance = _centred((errors.T @ errors).toarray(), errors.T @ users, mean, float(users @ users))
    together, total = _together(places, weight, sum(sizes)), weight.sum()
    alike = (counts.T @ (counts * rows.pull[:, None]).tocsr()).toarray()
    pulled = _centred(alike, counts.T @ (rows.pull * size), mean, float(rows.pull @ np.square(size)))
    slope = _centred(together, together.diagonal(), mean, float(total)) - pulled
    covariance = together / total - np.outer(together.diagonal(), together.diagonal()) / total**2
    value = np.bincount(places.ravel(), np.repeat(rows.residual, places.shape[1]), sum(sizes)).astype(np.float64)
    return Scores(value, variance, rows.rate * (1 - rows.rate) * slope, covariance)


def _by_user(rows: Rows, values: Floats, places: Whole, n_classes: int) -> csr_array:
    n_features = places.shape[1]
    data, shape = np.repeat(values, n_features), (rows.n_users, n_classes)
    found = csr_array((data, places.flatten(), rows.starts * n_features), shape=shape)
    found.sum_duplicates()
    return found


def _together(places: Whole, weight: Floats, n_classes: int) -> Floats:
    if places.shape[1] == 1:
        return np.diag(np.bincount(places[:, 0], weight, n_classes))
    starts = np.arange(len(places) + 1) * places.shape[1]
    rows = csr_array((np.ones(places.size), places.ravel(), starts), shape=(len(places), n_classes))
    weighted = csr_array((np.repeat(weight, places.shape[1]), places.ravel(), starts), shape=(len(places), n_classes))
    return np.asarray((rows.T @ weighted).toarray())


def _centred(products: Floats, sums: Floats, mean: Floats, square: float) -> Floats:
    crossed = np.outer(sums, mean)
    return np.asarray(products - crossed - crossed.T + square * np.outer(mean, mean))


def _pair(rows: Rows, one: Levels, other: Levels) -> Quadratic:
    code = one.code * other.n + other.code
    return scores_of(rows, code[:, None], [one.n * other.n]).quadratic(np.asarray(np.kron(one.basis, other.basis)))


def _coarse(examples: Examples) -> tuple[Levels, ...]:
    return levels_of(examples, _N_BINS_OF_PAIRS, _MOST_LEVELS_OF_PAIRS)


def _apart(levels: tuple[Levels, ...]) -> list[Floats]:
    ends = np.cumsum([each.n for each in levels])
    return [
        np.pad(each.basis, ((end - each.n, ends[-1] - end), (0, 0))) for each, end in zip(levels, ends, strict=True)
    ]


def _even(share: float, n: int) -> list[float]:
    return [share / max(n, 1)] * n
