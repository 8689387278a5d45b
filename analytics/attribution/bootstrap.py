"""Bootstrap: how far credit and ranks would have differed had other journeys come."""

from dataclasses import dataclass

import numpy as np

from analytics.attribution.credit import Credit
from analytics.attribution.method import Method, Model, Setting
from analytics.attribution.paths import Codes, Paths, sums_by
from analytics.experiment.interval import Floats, Interval
from semantic.errors import ProductError


@dataclass(frozen=True, slots=True)
class Stability:
    """One method's credit with what it would have been; arrays of one value for each channel.

    Attributes
    ----------
    conversions, value : Interval
        Credit, with the middle part of what the drawn journeys gave.
    rank : ndarray of int
        By conversions, 1 for the most; channels of equal credit share the better rank.
    best_rank, worst_rank : ndarray of int
        The middle part of the ranks in the draws.
    kept_rank : ndarray of float
        Share of draws in which the channel had its rank.
    """

    conversions: Interval
    value: Interval
    rank: Codes
    best_rank: Codes
    worst_rank: Codes
    kept_rank: Floats


@dataclass(frozen=True, slots=True)
class Draws:
    """How journeys are drawn.

    Attributes
    ----------
    n : int
        How often; 200 give ends of intervals that wobble by some tenth of their width.
    seed : int
        Equal seeds draw the same journeys.
    confidence : float
        Part of the draws between the ends of intervals and of ranks.
    """

    n: int = 200
    seed: int = 0
    confidence: float = 0.95


def bootstrap(paths: Paths, methods: tuple[Method, ...], setting: Setting, draws: Draws) -> tuple[Stability, ...]:
    """Return how stable the credit of each method is, all on the same drawn journeys.

    Parameters
    ----------
    paths : Paths
        The journeys, within the lookback window. Paths that are added up already draw a value that is spread evenly
        over their conversions; one path a journey draws the values as they are.
    methods : tuple of Method
        Which.
    setting : Setting
        What the reader chose.
    draws : Draws
        How many, from which seed.

    Notes
    -----
    Each journey counts Poisson(1) times in a draw. Equal journeys are drawn together, k of them Poisson(k) times,
    which is the same. Ends are the p (n + 1)-th of n draws, so that few draws do not make intervals narrow. Journeys
    count as independent of each other; where users have many, intervals are too narrow.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1-26.

    Chamandy, N., Muralidharan, O., Najmi, A., Naidu, S. (2012). Estimating uncertainty for massive data streams.
    Google.
    """
    if draws.n < 1 or not 0 < draws.confidence < 1:
        raise ProductError(
            f"A bootstrap of {draws.n} draws at a confidence of {draws.confidence:g} was asked for; choose at least"
            " one draw and a confidence between 0 and 1."
        )
    converting, different, group = _parts(paths)
    bases = [converting if method.needs_ages else different for method in methods]
    models = [method.model(basis, setting) for method, basis in zip(methods, bases, strict=True)]
    flags = [method.needs_ages for method in methods]
    point = _credits(models, flags, (converting, different))
    rng = np.random.default_rng(draws.seed)
    found = np.array([_credits(models, flags, _drawn(rng, converting, different, group)) for _ in range(draws.n)])
    return tuple(_stability(point[k], found[:, k], draws.confidence) for k in range(len(methods)))


def _parts(paths: Paths) -> tuple[Paths, Paths, Codes]:
    """Return the journeys that converted as they are, all different paths, and which of them the converted are."""
    different, group = paths.grouped()
    converts = paths.conversions > 0
    kept = paths.chosen(converts)
    return kept.weighted(kept.conversions, kept.conversions, kept.value), different, group[converts]


def _drawn(rng: np.random.Generator, converting: Paths, different: Paths, group: Codes) -> tuple[Paths, Paths]:
    """Return both with the weights of one draw."""
    n = len(different.counts)
    drawn = rng.poisson(converting.conversions).astype(np.float64)
    value = converting.value * drawn / converting.conversions
    conversions, worth = (sums_by(group, weights, n) for weights in (drawn, value))
    others = rng.poisson(np.maximum(different.counts - different.conversions, 0.0))
    return converting.weighted(drawn, drawn, value), different.weighted(conversions + others, conversions, worth)


def _credits(models: list[Model], needs_ages: list[bool], parts: tuple[Paths, Paths]) -> Floats:
    """Return conversions and value by method: an array of the shape (methods, 2, channels)."""
    found: list[Credit] = [
        model(parts[0] if needs else parts[1]) for model, needs in zip(models, needs_ages, strict=True)
    ]
    return np.array([(credit.conversions, credit.value) for credit in found])


def _stability(point: Floats, found: Floats, confidence: float) -> Stability:
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    low, high = np.quantile(found, tails, axis=0, method="weibull")
    rank, ranks = _ranks(point[0]), _ranks(found[:, 0])
    best = np.quantile(ranks, tails[0], axis=0, method="lower").astype(np.int64)
    worst = np.quantile(ranks, tails[1], axis=0, method="higher").astype(np.int64)
    return Stability(
        Interval(point[0], low[0], high[0]),
        Interval(point[1], low[1], high[1]),
        rank,
        best,
        worst,
        (ranks == rank).mean(axis=0),
    )


def _ranks(credit: Floats) -> Codes:
    """Return ranks along the last axis, 1 for the most; what differs by rounding alone is equal."""
    near = 1e-9 * np.abs(credit).max(axis=-1, initial=0.0)[..., None, None]
    return np.asarray(1 + (credit[..., None, :] - credit[..., :, None] > near).sum(axis=-1))
