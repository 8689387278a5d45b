"""What a session leads to: the planted chances of a conversion, and what is bought, seen and spent."""

import numpy as np

from etl.sources.synthetic.population import AGES, CATEGORIES, SHAPE, Codes, Floats, Visitors

NULL_RATE = 0.32
SEED_RATE = 0.30
TEMPER_WEIGHT = 0.5

_INTERCEPT = -0.76
_AGE_CURVE = -0.0006
_BEST_AGE = 38
_BY_GENDER = np.array([0.05, 0.0, 0.0])
_BY_LOCATION = np.array([0.08, 0.05, 0.0, 0.03, -0.02, -0.10])
_BY_DEVICE = np.array([-0.12, 0.10, 0.0])
_BY_CATEGORY = np.array([-0.20, 0.10, 0.0, 0.20, 0.12])
BY_MOMENT = np.array([0.0, 0.10, 0.06, 0.16])

# Log odds that the new engine adds, by location (rows) and device (Mobile, Desktop, Tablet).
ENGINE_EFFECT = np.array(
    [[0.15, 0.0, 0.0], [0.13, 0.0, 0.0], [0.09, 0.0, 0.0], [0.11, 0.0, 0.0], [0.09, 0.0, -0.25], [0.05, 0.0, 0.0]]
)

_LOG_REVENUE = np.log([6500.0, 1400.0, 2200.0, 450.0, 700.0])
_SPREAD_REVENUE = np.array([1.0, 0.7, 0.9, 0.6, 0.6])
MEAN_REVENUE = dict(zip(CATEGORIES, np.exp(_LOG_REVENUE + _SPREAD_REVENUE**2 / 2).tolist(), strict=True))

_PAGES_BY_DEVICE = np.array([-0.10, 0.20, 0.05])


def _log_odds() -> Floats:
    age = _AGE_CURVE * (AGES - _BEST_AGE) ** 2
    parts = (age, _BY_GENDER, _BY_LOCATION, _BY_DEVICE, _BY_CATEGORY)
    total = np.full(SHAPE, _INTERCEPT)
    for axis, part in enumerate(parts):
        total += part.reshape([-1 if axis == place else 1 for place in range(len(SHAPE))])
    return total


LOG_ODDS = _log_odds()


def probability(log_odds: Floats) -> Floats:
    """Return the probability that log odds stand for."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def conversion_chance(visitors: Visitors, moment: Codes) -> Floats:
    """Return the planted probability that each session ends in a conversion."""
    v = visitors
    cell = np.ravel_multi_index((v.age, v.gender, v.location, v.device, v.category), SHAPE)
    log_odds = LOG_ODDS.ravel()[cell] + BY_MOMENT[moment] + TEMPER_WEIGHT * v.temper
    return probability(log_odds + v.engine * ENGINE_EFFECT[v.location, v.device])


def draw_behaviour(
    random: np.random.Generator, visitors: Visitors, converted: Codes, *, is_null: bool
) -> tuple[Codes, Floats]:
    """Return pages viewed and seconds spent.

    Parameters
    ----------
    random : numpy.random.Generator
        The block's own stream.
    visitors : Visitors
        Whose device, engine and temper count.
    converted : ndarray of int
        0 or 1.
    is_null : bool
        True: neither the engine, the conversion nor the temper matters.
    """
    effect = 0.0 if is_null else 1.0
    temper = 0.0 if is_null else 0.15
    rate = 1.1 + effect * (0.06 * visitors.engine + 0.25 * converted) + temper * visitors.temper
    pages = 1 + random.poisson(np.exp(rate + _PAGES_BY_DEVICE[visitors.device]))
    log_time = 3.9 + 0.75 * np.log(pages) + effect * (0.04 * visitors.engine + 0.15 * converted)
    time = np.exp(log_time + 0.5 * random.standard_normal(len(pages)))
    return pages, np.maximum(np.round(time, 2), 0.5)


def draw_revenue(random: np.random.Generator, category: Codes, converted: Codes) -> Floats:
    """Return rupees, heavy-tailed by category; NaN where nothing was bought."""
    amount = np.full(len(category), np.nan)
    buys = converted == 1
    chosen = category[buys]
    log_amount = _LOG_REVENUE[chosen] + _SPREAD_REVENUE[chosen] * random.standard_normal(len(chosen))
    amount[buys] = np.maximum(np.round(np.exp(log_amount), 2), 1.0)
    return amount
