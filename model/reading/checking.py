"""Checks of what is to be learned from: one clear sentence where nothing can be."""

import numpy as np

from model.errors import ModelError
from model.examples import Examples, Feature, Floats

FEWEST_SESSIONS = 200
FEWEST_OF_EACH = 20


def check_learnable(examples: Examples) -> None:
    """Raise ModelError where the sessions are too few, of one outcome, or all alike.

    Parameters
    ----------
    examples : Examples
        What is to be learned from.

    Raises
    ------
    ModelError
        One sentence with the count, the rule and the remedy.
    """
    n = examples.n_sessions
    n_converted = round(float(examples.weight @ examples.y))
    needed = f"at least {FEWEST_SESSIONS} with {FEWEST_OF_EACH} of each outcome are needed"
    if not n:
        raise ModelError(f"there are no sessions to learn from, {needed}; load some: python -m etl load")
    if not 0 < n_converted < n:
        outcome = "did not convert" if n_converted == 0 else "converted"
        raise ModelError(f"all {n:,} sessions {outcome}, so there is nothing to tell apart; {needed}")
    if n < FEWEST_SESSIONS:
        raise ModelError(f"{n:,} sessions are too few to learn from; {needed}")
    if min(n_converted, n - n_converted) < FEWEST_OF_EACH:
        raise ModelError(f"{n_converted:,} of {n:,} sessions converted, which is too few of one outcome; {needed}")
    if not varying(examples)[0].features:
        known = ", ".join(feature.label for feature in examples.features) or "no field"
        raise ModelError(f"nothing varies between sessions (known: {known}); add fields to config.yaml that do")


def varying(examples: Examples) -> tuple[Examples, tuple[Feature, ...]]:
    """Return the examples without features that have one value in all rows, and those features."""
    constant = tuple(f for f in examples.features if _is_constant(examples.column(f.name)))
    return examples.without(*(feature.name for feature in constant)), constant


def constants_sentence(constant: tuple[Feature, ...]) -> str:
    """Return which features were left out because they do not vary; empty where none was."""
    if not constant:
        return ""
    names = ", ".join(feature.label for feature in constant)
    return f"{names} {'has' if len(constant) == 1 else 'have'} one value in all sessions, so no model learns from it."


def _is_constant(values: Floats) -> bool:
    return len(np.unique(values[:1])) == len(np.unique(values))
