"""Trees: LightGBM grown on examples, the same to the byte each time."""

from collections.abc import Callable
from typing import Any

import lightgbm

from model.examples import Examples
from model.tree_settings import TreeSettings
from model.tree_text import counted_in_sessions, without_parameters
from semantic.errors import InputError

__all__ = ["TreeSettings", "grow"]

ROWS_FOR_THREADS = 200_000
MOST_BINNED_ROWS = 1_000_000
"""Rows by which the bins of numbers are chosen; of more, as many are drawn."""


def grow(
    examples: Examples, settings: TreeSettings, seed: int, valid: Examples | None = None, threads: int | None = None
) -> lightgbm.Booster:
    """Return trees that minimise the log loss.

    Parameters
    ----------
    examples : Examples
        To learn from. Single sessions and their `Examples.gathered` cells give the same trees.
    settings : TreeSettings
        How.
    seed : int
        Equal examples, settings and seeds give equal text, to the byte, whatever the threads.
    valid : Examples, optional
        Of the same features; growth ends where their log loss has not fallen for ``settings.stop_after`` trees, and
        the trees after the best one are cut off.
    threads : int, optional
        By default `threads_for` the rows; 0: as many as OpenMP gives.

    Returns
    -------
    lightgbm.Booster
        Loaded from text that holds nothing but trees; its counts are of sessions, so contributions weigh sessions.

    Raises
    ------
    InputError
        Without a session of each outcome.

    Notes
    -----
    Trees of cells are those of the sessions where numbers have at most 254 different values (bins are chosen by
    rows) and categories at most ``settings.one_hot_up_to`` members.
    """
    check_outcomes(examples)
    parameters = settings.parameters(examples.base_rate, seed) | {
        "num_threads": threads_for(len(examples)) if threads is None else threads,
        "bin_construct_sample_cnt": min(max(len(examples), 1), MOST_BINNED_ROWS),
    }
    learned_from = as_dataset(examples, parameters)
    judged_on = [] if valid is None else [as_dataset(valid, parameters, learned_from)]
    stopping: list[Callable[..., Any]] = (
        [lightgbm.early_stopping(settings.stop_after, verbose=False)] if judged_on else []
    )
    grown = lightgbm.train(parameters, learned_from, settings.trees, valid_sets=judged_on, callbacks=stopping)
    return sealed(grown, examples)


def threads_for(n_rows: int) -> int:
    """Return 1 for so few rows that threads would wait for each other longer than they work, else 0, OpenMP's number.

    On a busy machine the waiting is what takes the time: a hundred times as long as one thread was seen.
    """
    return 1 if n_rows < ROWS_FOR_THREADS else 0


def check_outcomes(examples: Examples) -> None:
    """Raise InputError unless sessions of both outcomes are among the examples."""
    if not 0 < examples.base_rate < 1:
        outcome = "no session" if not len(examples) else f"all {examples.n_sessions:,} sessions have one outcome"
        raise InputError(f"a model cannot be trained: {outcome}; it needs sessions that converted and others")


def sealed(grown: lightgbm.Booster, examples: Examples) -> lightgbm.Booster:
    """Return the trees up to the best one, without what differs between runs, counted in sessions."""
    text = without_parameters(grown.model_to_string(num_iteration=grown.best_iteration))
    booster = lightgbm.Booster(model_str=text)
    if (examples.weight == 1).all():
        return booster
    return lightgbm.Booster(model_str=counted_in_sessions(text, booster, examples))


def as_dataset(
    examples: Examples, parameters: dict[str, object], reference: lightgbm.Dataset | None = None
) -> lightgbm.Dataset:
    """Return examples as LightGBM takes them, binned as ``reference`` is where it is given."""
    categories = [feature.name for feature in examples.features if feature.kind == "category"]
    return lightgbm.Dataset(
        examples.x,
        examples.y,
        reference=reference,
        weight=None if (examples.weight == 1).all() else examples.weight,
        feature_name=list(examples.names),
        categorical_feature=categories,
        params=parameters,
    )
