"""Checks of what is to be learned from: one clear sentence where nothing can be."""

import numpy as np

from model.errors import ModelError
from model.examples import Examples, Feature, Floats

FEWEST_SESSIONS = 200
FEWEST_OF_EACH = 20
FEWEST_USERS = 20
LARGEST = 1e30
"""Largest number that a model takes: all learners can square it, and keep it in four bytes."""


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
    _check_users(examples)
    if not varying(examples)[0].features:
        known = ", ".join(feature.label for feature in examples.features) or "no field"
        raise ModelError(f"nothing varies between sessions (known: {known}); add fields to config.yaml that do")
    _check_size(examples)


def check_known(examples: Examples, label: str) -> None:
    """Raise ModelError where no feature is left of what a task may know, such as ``label`` says of it."""
    if not examples.features:
        raise ModelError(
            f"{label}: nothing that is known varies between sessions, but for what tells the outcome; add fields to "
            "config.yaml that do"
        )


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


def _check_users(examples: Examples) -> None:
    """Sessions of one user are alike, so it takes several users of each outcome; a lone row may stand for many."""
    for outcome, words in ((1, "a session that converted"), (0, "one that did not convert")):
        part = examples.rows(np.flatnonzero(examples.y == outcome))
        _, first, n_rows = np.unique(part.user, return_index=True, return_counts=True)
        n_users = round(float(np.where(n_rows == 1, part.weight[first], 1).sum()))
        if n_users < FEWEST_USERS:
            whose = "1 user has" if n_users == 1 else f"{n_users:,} users have"
            raise ModelError(
                f"{whose} {words}, which is too few to learn from; at least {FEWEST_USERS} are needed, so "
                "load more sessions, or leave fields.user_id out of config.yaml where it names no users"
            )


def _check_size(examples: Examples) -> None:
    for feature in examples.features:
        value = np.fmax.reduce(np.abs(examples.column(feature.name)))
        if value > LARGEST:
            raise ModelError(
                f"{feature.label} holds a number of the size {value:.3g}, and models take those up to {LARGEST:.0e}; "
                f"give the field {feature.name} a minimum and a maximum in config.yaml, then load anew"
            )


def _is_constant(values: Floats) -> bool:
    return len(np.unique(values[:1])) == len(np.unique(values))
