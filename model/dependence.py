"""Dependence: how contributions go with the values of each feature."""

import lightgbm
import numpy as np

from model.contributions import UNCHANGED, contributions_of
from model.examples import Examples, Feature, Floats, Whole
from model.report import Dependence
from model.sampling import some_users
from model.trained import Sigmoid
from model.trees import threads_for

MOST_ROWS = 10_000
N_BINS = 20
MISSING = "Missing"
_RANGE = (0.1, 0.9)
_SEED = 0


def dependence_of(
    booster: lightgbm.Booster, examples: Examples, sigmoid: Sigmoid = UNCHANGED
) -> tuple[Dependence, ...]:
    """Return how contributions go with each feature, in the order of the features.

    Parameters
    ----------
    booster : lightgbm.Booster
        Trees with log loss.
    examples : Examples
        Sessions that the trees were not grown on; of more than 10,000, those of users drawn.
    sigmoid : Sigmoid
        Behind the trees.

    Returns
    -------
    tuple of Dependence
        Numbers by up to 20 bins of equal size, each at its mean; those without a value are left out. Categories by
        member, with one more point where some are missing.
    """
    drawn = examples.rows(some_users(examples, MOST_ROWS, _SEED))
    contributions = contributions_of(booster, drawn.x, sigmoid, threads_for(len(drawn)))
    return tuple(
        _dependence(feature, drawn.x[:, place], contributions[:, place], drawn.weight)
        for place, feature in enumerate(drawn.features)
    )


def _dependence(feature: Feature, column: Floats, contribution: Floats, weight: Floats) -> Dependence:
    is_known = ~np.isnan(column)
    members = feature.members
    if feature.kind == "number":
        kept = is_known
        code = _bins(column[kept])
    else:
        members = members if is_known.all() else (*members, MISSING)
        kept = np.ones(len(column), bool)
        code = np.where(is_known, column, len(feature.members)).astype(np.int64)
        column = code.astype(np.float64)
    parts = (column[kept], contribution[kept], weight[kept])
    points = tuple(_point(*(part[code == each] for part in parts)) for each in np.unique(code))
    return Dependence(feature.name, feature.label, feature.unit, members, points)


def _bins(values: Floats) -> Whole:
    different, code = np.unique(values, return_inverse=True)
    if len(different) <= N_BINS:
        return code
    cuts = np.unique(np.quantile(values, np.arange(1, N_BINS) / N_BINS))
    return np.searchsorted(cuts, values, side="left")


def _point(value: Floats, contribution: Floats, weight: Floats) -> tuple[float, float, float, float, int]:
    low, high = np.quantile(contribution, _RANGE, weights=weight, method="inverted_cdf")
    mean = np.average(contribution, weights=weight)
    return float(np.average(value, weights=weight)), float(mean), float(low), float(high), round(float(weight.sum()))
