"""Sampling: some of the users, where all of them would take too long."""

import numpy as np

from model.examples import Examples, Whole


def some_users(examples: Examples, most: int, seed: int) -> Whole:
    """Return places of at most so many rows, of users drawn as a whole; all of them where there are no more.

    Parameters
    ----------
    examples : Examples
        The rows.
    most : int
        Rows wanted.
    seed : int
        Equal seeds draw equal users.
    """
    if len(examples) <= most:
        return np.arange(len(examples))
    users, code = np.unique(examples.user, return_inverse=True)
    place = np.random.default_rng(seed).permutation(len(users))[code]
    n_kept = int(np.searchsorted(np.cumsum(np.bincount(place)), most, side="right"))
    return np.flatnonzero(place < n_kept)
