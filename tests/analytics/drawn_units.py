"""Drawn users as the answer to a unit query."""

from collections.abc import Sequence

import numpy as np

from semantic.units import UnitAnswer, UnitColumn


def answer_of_users(
    asked: Sequence[UnitColumn],
    variants: Sequence[str],
    n: Sequence[int],
    seed: int = 1,
    lifts: Sequence[float] = (1, 1),
) -> UnitAnswer:
    """Return the sums over so many drawn users of each variant, who convert more often by these factors.

    They have one to four sessions and keep how keen they are; each amount follows from it, and so does what was before.
    """
    rng, k = np.random.default_rng(seed), len(asked)
    totals, products = np.zeros((len(n), k)), np.zeros((len(n), k, k))
    for place, (users, lift) in enumerate(zip(n, lifts, strict=True)):
        keen, sessions = rng.beta(2, 8, users), rng.integers(1, 5, users)
        converted = rng.binomial(sessions, np.minimum(keen * lift, 1))
        drawn = np.stack([_column(column, rng, keen, sessions, converted) for column in asked], axis=1)
        totals[place], products[place] = drawn.sum(axis=0), drawn.T @ drawn
    caps = {column.name: 40.0 for column in asked if column.cap_quantile}
    members = {"variant": tuple(variants)}
    return UnitAnswer(
        ("variant",), members, np.array(n, dtype=float), totals, products, version=1, origin="sql", caps=caps
    )


def _column(
    column: UnitColumn, rng: np.random.Generator, keen: np.ndarray, sessions: np.ndarray, converted: np.ndarray
) -> np.ndarray:
    if column.is_before:
        before = rng.binomial(5, keen).astype(float)
        return (before > 0).astype(float) if column.is_any else before
    if column.measure == "n_converted":
        return (converted > 0).astype(float) if column.is_any else converted.astype(float)
    if column.measure == "n_sessions" or column.measure.startswith("n_"):
        return sessions.astype(float)
    return converted * 10 + rng.exponential(1, len(keen))
