"""Off-policy evaluation: what a policy would have brought, from a log that knows how likely each choice was."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments, Point

MIN_EFFECTIVE = 100.0
"""Units that the weighted log must be worth before anything is concluded."""


@dataclass(frozen=True, slots=True)
class LoggedSums:
    """Sums over logged sessions by the variant that was shown and the cell of what was known before.

    A session's weight is 1 / p, p the probability with which the variant shown was chosen. All arrays have the shape
    (variants, cells).

    Attributes
    ----------
    n : ndarray of float
        Sessions.
    total : ndarray of float
        Outcomes.
    weight, weight_squared : ndarray of float
        Weights, and their squares.
    weighted, weighted_twice : ndarray of float
        Outcome times weight, and times the squared weight.
    squares : ndarray of float
        Square of outcome times weight.
    """

    n: Floats
    total: Floats
    weight: Floats
    weight_squared: Floats
    weighted: Floats
    weighted_twice: Floats
    squares: Floats


@dataclass(frozen=True, slots=True)
class Clustering:
    """What it costs that sessions of one user are alike; arrays of one value for each variant.

    Attributes
    ----------
    design_effect : ndarray of float
        Variance of the self-normalised value over users by that over sessions, at least 1.
    plain_design_effect : ndarray of float
        The same of the value that is not normalised, where users who always get one variant count for more.
    n_effective : ndarray of float
        Users that the weighted log is worth, ``(sum W)² / sum W²``, W the weights of a user added up.
    balance : Point
        Weights divided by all sessions: 1 where the logged probabilities are right.
    """

    design_effect: Floats
    plain_design_effect: Floats
    n_effective: Floats
    balance: Point


def inverse_weighted(log: LoggedSums, policy: Floats, against: Floats | None = None) -> Point:
    """Return the value of a policy by inverse probability weighting (IPW), or its gain over another policy.

    Parameters
    ----------
    log : LoggedSums
        What was logged.
    policy : ndarray of float, shape (variants, cells)
        Probability with which it shows each variant in each cell.
    against : ndarray of float, optional
        Another policy.

    Notes
    -----
    Mean of ``z = pi w y`` over all N sessions; variance ``(mean z² - value²) / (N - 1)``. Unbiased where the logged
    probabilities are right.

    References
    ----------
    Horvitz, D. G., Thompson, D. J. (1952). A generalization of sampling without replacement from a finite universe.
    JASA 47, 663-685.
    """
    gap = policy if against is None else policy - against
    return _mean(log, (gap * log.weighted).sum(), (gap**2 * log.squares).sum())


def self_normalised(log: LoggedSums, policy: Floats, against: Floats | None = None) -> Point:
    """Return the value of a policy by self-normalised weighting (SNIPW), or its gain over another policy.

    Parameters
    ----------
    log, policy, against
        As of `inverse_weighted`.

    Notes
    -----
    ``V = sum pi w y / sum pi w``, with the linearised variance ``sum (pi w (y - V))² / (sum pi w)²``. It stays within
    the range of the outcome, and a constant added to every outcome is added to it.

    References
    ----------
    Swaminathan, A., Joachims, T. (2015). The self-normalized estimator for counterfactual learning. NeurIPS 28.
    """
    value, slope, level = _normalised(log, policy)
    if against is not None:
        other, other_slope, other_level = _normalised(log, against)
        value, slope, level = value - other, slope - other_slope, level - other_level
    n = log.n.sum()
    with np.errstate(invalid="ignore"):
        squares = slope**2 * log.squares - 2 * slope * level * log.weighted_twice + level**2 * log.weight_squared
        return Point(np.asarray(value), np.asarray(squares.sum() * _bessel(n)), np.asarray(n))


def doubly_robust(log: LoggedSums, policy: Floats, against: Floats | None = None) -> Point:
    """Return the value of a policy, right where the probabilities or the means of the cells are, or its gain.

    Parameters
    ----------
    log, policy, against
        As of `inverse_weighted`.

    Notes
    -----
    Mean of ``z = sum_v pi_v m_v + pi w (y - m)``, m the mean outcome of a variant in a cell; that of the variant where
    it was never shown there. Its own data are closer to a mean than others would be: squares of what is left in a cell
    grow by k / (k - 1), k the sessions that its weights are worth. Variance as of `inverse_weighted`.

    References
    ----------
    Dudík, M., Erhan, D., Langford, J., Li, L. (2014). Doubly robust policy evaluation and optimization. Statistical
    Science 29, 485-511.
    """
    gap = policy if against is None else policy - against
    mean = _cell_means(log)
    base, n = (gap * mean).sum(axis=0), log.n.sum(axis=0)
    residual = gap * (log.weighted - mean * log.weight)
    twice = gap**2 * (log.squares - 2 * mean * log.weighted_twice + mean**2 * log.weight_squared) * _cell_bessel(log)
    total = (n * base).sum() + residual.sum()
    squares = (n * base**2).sum() + 2 * (base * residual).sum() + twice.sum()
    return _mean(log, total, squares)


def effective_sessions(log: LoggedSums, policy: Floats) -> float:
    """Return how many sessions the weighted log is worth to a policy, ``(sum pi w)² / sum (pi w)²`` (Kish).

    Parameters
    ----------
    log : LoggedSums
        What was logged.
    policy : ndarray of float, shape (variants, cells)
        As of `inverse_weighted`.
    """
    squares = float((policy**2 * log.weight_squared).sum())
    return float((policy * log.weight).sum()) ** 2 / squares if squares > 0 else 0.0


def clustering_of(log: LoggedSums, users: Moments) -> Clustering:
    """Return what it costs that users come back.

    Parameters
    ----------
    log : LoggedSums
        What was logged.
    users : Moments, shape (variants,)
        Of each user's sessions, their weights and their weighted outcomes, added up: three columns. A user who had two
        variants is two units.

    References
    ----------
    Rao, J. N. K., Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48,
    577-585.
    """
    n = log.n.sum()
    weight, weighted = users.totals[..., 1], users.totals[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        level, value, ratio = weighted / weight, weighted / n, weight / n
        normalised = _squares(users, (2, 1), level)
        squares, twice, weights = (a.sum(axis=1) for a in (log.squares, log.weighted_twice, log.weight_squared))
        design_effect = normalised / (squares - 2 * level * twice + level**2 * weights)
        plain = _over_all(users, (2, 0), value) / (squares - n * value**2)
        n_effective = np.where(weight > 0, weight**2 / users.products[..., 1, 1], 0.0)
        balance = Point(ratio, _over_all(users, (1, 0), ratio) / n**2, n_effective)
    return Clustering(_at_least_one(design_effect), _at_least_one(plain), n_effective, balance)


def clustered(point: Point, policy: Floats, clustering: Clustering, *, is_normalised: bool = True) -> Point:
    """Return the point with the variance that it has over users, and the users that it is worth.

    Parameters
    ----------
    point : Point
        Of one of the estimators.
    policy : ndarray of float, shape (variants, cells)
        Which variants it uses; of a gain, those of both policies.
    clustering : Clustering
        By variant; the worst of those that are used counts.
    is_normalised : bool
        False for inverse probability weighting.
    """
    used = np.abs(policy).sum(axis=1) > 0
    factor = clustering.design_effect if is_normalised else clustering.plain_design_effect
    n_effective = clustering.n_effective[used].min(initial=np.inf)
    variance = point.variance * factor[used].max(initial=1.0)
    return Point(point.value, variance, np.asarray(n_effective if used.any() else 0.0))


def always(place: int, log: LoggedSums) -> Floats:
    """Return the policy that shows one variant to all."""
    return np.asarray(np.arange(len(log.n))[:, None] == place, dtype=np.float64) * np.ones(log.n.shape[1])


def switched(places: tuple[int, int], cells: Floats, log: LoggedSums) -> Floats:
    """Return the policy that shows one variant in some cells and another elsewhere.

    Parameters
    ----------
    places : (int, int)
        The variant elsewhere, and that of the cells.
    cells : ndarray of bool, shape (cells,)
        Where the second is shown.
    log : LoggedSums
        What was logged.
    """
    elsewhere, there = (always(place, log) for place in places)
    return np.where(cells, there, elsewhere)


def _mean(log: LoggedSums, total: Floats, squares: Floats) -> Point:
    n = log.n.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = total / n
        variance = (squares / n - value**2) / (n - 1)
    return Point(np.asarray(value), np.asarray(np.maximum(variance, 0.0)), np.asarray(n))


def _normalised(log: LoggedSums, policy: Floats) -> tuple[Floats, Floats, Floats]:
    """Return value, and what a session adds by its outcome and by its weight."""
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = (policy * log.weight).sum()
        value = (policy * log.weighted).sum() / weight
        return np.asarray(value), policy / weight, policy * value / weight


def _cell_means(log: LoggedSums) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = log.total.sum(axis=1, keepdims=True) / log.n.sum(axis=1, keepdims=True)
        return np.nan_to_num(np.where(log.n > 0, log.total / log.n, whole))


def _squares(users: Moments, columns: tuple[int, int], slope: Floats) -> Floats:
    """Return the sum over users of ``(a - slope b)²``, with Bessel's correction."""
    a, b = columns
    products = users.products
    found = products[..., a, a] - 2 * slope * products[..., a, b] + slope**2 * products[..., b, b]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(found * users.n / (users.n - 1))


def _over_all(users: Moments, columns: tuple[int, int], slope: Floats) -> Floats:
    """Return the same over the users of all variants; those of another variant have no a."""
    b = users.products[..., columns[1], columns[1]]
    return np.asarray(_squares(users, columns, slope) + slope**2 * (b.sum() - b))


def _at_least_one(ratio: Floats) -> Floats:
    return np.fmax(np.where(np.isfinite(ratio), ratio, 1.0), 1.0)


def _cell_bessel(log: LoggedSums) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        k = log.weight**2 / log.weight_squared
        return np.where(k > 1, k / (k - 1), 1.0)


def _bessel(n: float) -> float:
    return float(n / (n - 1)) if n > 1 else float("nan")
