"""What is true of the population that simulated sessions are drawn from: integrated, not estimated from a sample."""

from typing import Any

import numpy as np

from etl.sources.synthetic.drawing import Profile
from etl.sources.synthetic.outcome import (
    BY_MOMENT,
    ENGINE_EFFECT,
    LOG_ODDS,
    MEAN_REVENUE,
    NULL_RATE,
    SEED_RATE,
    TEMPER_WEIGHT,
    probability,
)
from etl.sources.synthetic.population import CATEGORIES, DEVICES, ENGINES, LOCATIONS, SHAPE, Floats, cell_shares
from etl.sources.synthetic.traffic import moment_shares

GENERATOR_VERSION = "1"
_NODES = 24


def truth(profile: Profile, sessions: int, seed: int) -> dict[str, Any]:
    """Return the exact expected conversion probabilities and effects of a profile.

    Parameters
    ----------
    profile, sessions, seed
        As for `SyntheticSource`; the probabilities follow from the profile alone, the rest identifies the sample.

    Returns
    -------
    dict
        ``conversion_rate`` and ``revenue_per_session`` by engine, ``effect`` (New less Old: absolute, relative), and
        ``cells``: the same rates and effects for each device and location with its share of sessions. Rates are
        fractions. JSON-ready.

    Notes
    -----
    Chance is averaged over age, gender, category, moment of the week and the users' temper (Gauss-Hermite), each
    engine over the same population: what would happen if everybody had that engine.
    """
    chance = np.stack([_chance(profile, engine) for engine in range(len(ENGINES))])
    share = cell_shares() if profile != "seed" else np.full(SHAPE, 1 / np.prod(SHAPE))
    return {
        "generator_version": GENERATOR_VERSION,
        "profile": profile,
        "sessions": sessions,
        "seed": seed,
        **_rates(chance, share),
        "revenue_per_session": _revenue(chance, share),
        "mean_revenue_per_conversion": MEAN_REVENUE,
        "cells": _cells(chance, share),
    }


def _chance(profile: Profile, engine: int) -> Floats:
    """Return the probability of a conversion in each cell of the population; shape `SHAPE`."""
    if profile != "planted":
        return np.full(SHAPE, NULL_RATE if profile == "null" else SEED_RATE)
    log_odds = LOG_ODDS + engine * ENGINE_EFFECT[None, None, :, :, None]
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    total = np.zeros(SHAPE)
    for moment, moment_share in zip(BY_MOMENT, moment_shares(), strict=True):
        for node, weight in zip(nodes, weights / weights.sum(), strict=True):
            total += moment_share * weight * probability(log_odds + moment + TEMPER_WEIGHT * node)
    return total


def _rates(chance: Floats, share: Floats) -> dict[str, Any]:
    old, new = ((part * share).sum() / share.sum() for part in chance)
    return {
        "conversion_rate": {"Old": float(old), "New": float(new)},
        "effect": {"absolute": float(new - old), "relative": float(new / old - 1)},
    }


def _cells(chance: Floats, share: Floats) -> list[dict[str, Any]]:
    cells = []
    for d, device in enumerate(DEVICES):
        for place, location in enumerate(LOCATIONS):
            part = share[:, :, place, d]
            rates = _rates(chance[:, :, :, place, d], part)
            cells.append({"device": device, "location": location, "share": float(part.sum()), **rates})
    return cells


def _revenue(chance: Floats, share: Floats) -> dict[str, float]:
    amount = np.array([MEAN_REVENUE[category] for category in CATEGORIES])
    return {name: float((part * share * amount).sum()) for name, part in zip(ENGINES, chance, strict=True)}
