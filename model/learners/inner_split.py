"""Inner split: the part of what is learned from that learners set themselves aside to choose by."""

from dataclasses import replace

import numpy as np

from model.examples import Examples

SHARE = 0.2


def inner_split(examples: Examples, seed: int) -> tuple[Examples, Examples]:
    """Return what to learn from and what to choose by.

    Parameters
    ----------
    examples : Examples
        Single sessions are divided by user, rows with weights session by session.
    seed : int
        Equal seeds give equal parts.
    """
    random = np.random.default_rng([seed, 5])
    if (examples.weight == 1).all():
        is_chosen = random.random(int(examples.user.max(initial=-1)) + 1) < SHARE
        is_kept = ~is_chosen[examples.user]
        return examples.rows(is_kept), examples.rows(~is_kept)
    whole = np.floor(examples.weight).astype(np.int64)
    aside = random.binomial(whole, SHARE).astype(np.float64)
    learned, chosen = replace(examples, weight=examples.weight - aside), replace(examples, weight=aside)
    return learned.rows(learned.weight > 0), chosen.rows(chosen.weight > 0)


def has_both_outcomes(examples: Examples) -> bool:
    """Return whether sessions converted and others did not."""
    return 0 < examples.base_rate < 1


def compact(examples: Examples) -> Examples:
    """Return the examples gathered where features are so few and coarse that rows must repeat, else as they are."""
    n_possible = 2.0 * np.prod([_n_distinct(column) for column in examples.x.T])
    return examples.gathered() if n_possible < len(examples) else examples


def _n_distinct(column: np.ndarray) -> int:
    return len(np.unique(column))
