"""Bootstrap: sums over users drawn again with Poisson weights, a check on every interval from moments."""

import numpy as np

from analytics.experiment.interval import Floats
from analytics.funnel.log import Codes

_CELLS_AT_ONCE = 4_000_000


def resampled(
    values: Floats, group: Codes, n_groups: int, n_draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return users and sums of each group in draws in which each user comes a Poisson(1) number of times.

    Parameters
    ----------
    values : ndarray of float, shape (users, k)
        The columns of each user.
    group : ndarray of int, shape (users,)
        Variant of each user.
    n_groups : int
        How many variants there are.
    n_draws : int
        How many draws.
    rng : Generator
        Where chance comes from.

    Returns
    -------
    n : ndarray of float, shape (draws, groups)
        Users.
    totals : ndarray of float, shape (draws, groups, k)
        Sum of each column.

    Notes
    -----
    m users who are alike come Poisson(m) times together, so they are drawn at once: exact, and most users are alike,
    since they bought nothing. Any statistic of sums, such as a ratio or profit, is then a function of the draws.

    References
    ----------
    Chamandy, N., Muralidharan, O., Najmi, A., Naidu, S. (2012). Estimating uncertainty for massive data streams.
    Google technical report.
    """
    kinds, n_alike = np.unique(np.column_stack([group, values]), axis=0, return_counts=True)
    of_group = kinds[:, :1] == np.arange(n_groups)
    columns = np.concatenate([np.ones((len(kinds), 1)), kinds[:, 1:]], axis=1)
    spread = (of_group[:, :, None] * columns[:, None, :]).reshape(len(kinds), n_groups * columns.shape[1])
    sums = []
    for first in range(0, n_draws, max(1, _CELLS_AT_ONCE // max(len(kinds), 1))):
        size = min(n_draws - first, max(1, _CELLS_AT_ONCE // max(len(kinds), 1)))
        sums.append(rng.poisson(n_alike, (size, len(kinds))) @ spread)
    drawn = np.concatenate(sums).reshape(n_draws, n_groups, columns.shape[1])
    return drawn[..., 0], drawn[..., 1:]
