"""Consistency rules: which records break a rule of the form "where all of these hold, all of those must"."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from config import RuleSpec
from etl.clean.reading import Mask, vocabulary

Holds = Callable[[str, str], Mask]


def breaks_rule(rule: RuleSpec, holds: Holds, n_rows: int) -> Mask:
    """Return which records break a rule.

    Parameters
    ----------
    rule : RuleSpec
        What must hold.
    holds : callable (key, value) -> ndarray of bool
        In which records a field or source column has a value.
    n_rows : int
        Number of records.
    """
    premise, conclusion = np.ones(n_rows, dtype=bool), np.ones(n_rows, dtype=bool)
    for key, value in rule.when.items():
        premise &= holds(key, value)
    for key, value in rule.then.items():
        conclusion &= holds(key, value)
    return premise & ~conclusion


def cells_equal(column: pa.ChunkedArray, is_equal: Callable[[str], bool], *, empty: bool) -> Mask:
    """Return which cells hold a text that is equal, by its distinct texts; ``empty`` answers for empty cells."""
    codes, distinct = vocabulary(column)
    return np.array([*(is_equal(text) for text in distinct), empty], dtype=bool)[codes]
