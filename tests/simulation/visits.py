"""Simulated visits whose outcome depends on the user, and on features only as far as a given AUC says."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit
from scipy.stats import rankdata

from model.examples import Examples, Feature, Floats, Whole

NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
NUMBERS = ("age", "time_spent_s")
SHAPES = ("additive", "single", "trend", "pair")


@dataclass(frozen=True, slots=True)
class Visits:
    """What is simulated.

    Attributes
    ----------
    n : int
        Visits; three for each user there is, spread very unevenly, or one each.
    rate : float
        Part that converts.
    shape : str
        Of the effects, one of `SHAPES`; empty: features have none.
    auc : float
        What the best model of the features would reach.
    temper : float
        Standard deviation of the users' own log odds.
    comes_again : bool
        Whether users have several visits.
    """

    n: int = 20_000
    rate: float = 0.3
    shape: str = ""
    auc: float = 0.5
    temper: float = 1.0
    comes_again: bool = True


def draw(visits: Visits, seed: int) -> Examples:
    """Return visits with skewed categories; age, gender, location and engine belong to the user."""
    random = np.random.default_rng(seed)
    user, n_users = _users(visits, random)
    columns = _columns(user, n_users, random)
    effect = _effect(columns, visits.shape, random)
    scale = _scale(effect, visits) if visits.shape else 0.0
    temper = visits.temper if visits.comes_again else 0.0
    own = temper * random.standard_normal(n_users)[user]
    chance = expit(_intercept(scale * effect, temper, visits.rate) + scale * effect + own)
    y = (random.random(visits.n) < chance).astype(np.float64)
    features = tuple(Feature(name, name, "number" if name in NUMBERS else "category") for name in columns)
    return Examples(features, np.column_stack(list(columns.values())), y, np.ones(visits.n), user)


def folds_of(examples: Examples, seed: int) -> Whole:
    """Return five folds of whole users."""
    fold: Whole = np.random.default_rng(seed).permutation(int(examples.user.max()) + 1)[examples.user] % 5
    return fold


def _users(visits: Visits, random: np.random.Generator) -> tuple[Whole, int]:
    if not visits.comes_again:
        return np.arange(visits.n), visits.n
    n_users = visits.n // 3
    activity = random.gamma(0.5, 1, n_users) + 0.02
    return np.sort(random.choice(n_users, visits.n, p=activity / activity.sum())), n_users


def _columns(user: Whole, n_users: int, random: np.random.Generator) -> dict[str, Floats]:
    def skewed(n_members: int, power: float, n: int) -> Floats:
        share = np.arange(1, n_members + 1.0) ** -power
        return random.choice(n_members, n, p=share / share.sum()).astype(np.float64)

    n = len(user)
    keeps_device = random.random(n) < 0.8
    return {
        "age": np.clip(random.gamma(6, 6, n_users) + 16, 16, 80).round()[user],
        "gender": skewed(3, 1.5, n_users)[user],
        "location": skewed(40, 1.2, n_users)[user],
        "engine": random.integers(0, 2, n_users)[user].astype(np.float64),
        "device": np.where(keeps_device, skewed(4, 1.3, n_users)[user], skewed(4, 1.3, n)),
        "category": skewed(12, 1.0, n),
        "time_spent_s": np.exp(4 + random.normal(0, 0.7, n) + random.normal(0, 0.5, n_users)[user]),
    }


def _effect(columns: dict[str, Floats], shape: str, random: np.random.Generator) -> Floats:
    found = {
        "": lambda: np.zeros(len(columns["age"])),
        "single": lambda: columns["category"] == 1,
        "trend": lambda: np.log(columns["time_spent_s"]),
        "pair": lambda: _standard(columns["engine"]) * _standard(columns["device"] == 0),
        "additive": lambda: 0.4 * _standard(columns["age"]) + _of_members(columns, random),
    }[shape]()
    return _standard(np.asarray(found, dtype=np.float64)) if shape else found


def _of_members(columns: dict[str, Floats], random: np.random.Generator) -> Floats:
    codes = [column.astype(np.int64) for name, column in columns.items() if name not in NUMBERS]
    return np.sum([random.normal(0, 0.45, code.max() + 1)[code] for code in codes], axis=0)


def _standard(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std())


def _mean_chance(log_odds: Floats, temper: float) -> Floats:
    weights = NODE_WEIGHTS / NODE_WEIGHTS.sum()
    return np.sum([w * expit(log_odds + temper * at) for w, at in zip(weights, NODES, strict=True)], axis=0)


def _intercept(log_odds: Floats, temper: float, rate: float) -> float:
    return float(brentq(lambda c: _mean_chance(c + log_odds, temper).mean() - rate, -12, 8, xtol=1e-3))


def _scale(effect: Floats, visits: Visits) -> float:
    temper = visits.temper if visits.comes_again else 0.0

    def auc(scale: float) -> float:
        chance = _mean_chance(_intercept(scale * effect, temper, visits.rate) + scale * effect, temper)
        places = rankdata(chance)
        return float(places @ chance / chance.sum() - places @ (1 - chance) / (1 - chance).sum()) / visits.n + 0.5

    return float(brentq(lambda scale: auc(scale) - visits.auc, 0.0, 1.0, xtol=1e-3))
