"""Fisher's exact test and its mid-p, to the last digit; table by table."""

from typing import Literal

import numpy as np

from analytics.experiment.effect import Alternative
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion

Convention = Literal["doubled", "likelihood"]
"""What is as extreme as what was seen: twice the smaller tail, or every table that is not more likely."""
_TIES = 1 + 1e-10


def fisher_exact(
    treatment: Proportion,
    control: Proportion,
    alternative: Alternative = "two-sided",
    convention: Convention = "doubled",
    is_mid_p: bool = False,
) -> Floats:
    """Return p-values that two proportions are equal, given all conversions.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    alternative : {"two-sided", "greater", "less"}
        Which tail.
    convention : {"doubled", "likelihood"}
        Of a two-sided test: twice the smaller tail (Fisher; it agrees with the one-sided tests and their intervals), or
        the sum over all tables that are not more likely than the one seen (R, scipy).
    is_mid_p : bool
        Count the table seen half (by likelihood: all that are as likely). The test may then err a little more often
        than its level says; on average it is close to it, where the exact test is far below.

    Returns
    -------
    ndarray of float
        In [0, 1]; NaN where either n is 0.

    Notes
    -----
    The conversions of the treatment are hypergeometric. Its probabilities are put together from ratios of neighbours,
    ``P(x + 1) / P(x) = (K - x)(n1 - x) / ((x + 1)(n2 - K + x + 1))``, K all conversions, and brought to the sum 1: no
    factorials, so nothing cancels with large counts. `analytics.experiment.exact.fisher` is the quick approximation.

    References
    ----------
    Fisher, R. A. (1935). The logic of inductive inference. JRSS 98, 39-82.
    Lancaster, H. O. (1961). Significance tests in discrete distributions. JASA 56, 223-234.
    """
    counts = np.broadcast_arrays(treatment.n_converted, treatment.n, control.n_converted, control.n)
    tables = np.stack([np.ravel(count) for count in counts], axis=-1)
    half = 0.5 if is_mid_p else 0.0
    found = [_p_value(table, alternative, convention, half) for table in tables.tolist()]
    return np.array(found, dtype=np.float64).reshape(counts[0].shape)


def _p_value(table: list[float], alternative: Alternative, convention: Convention, half: float) -> float:
    x1, n1, x2, n2 = (int(count) for count in table)
    if min(n1, n2) <= 0:
        return np.nan
    likely, place = _distribution(x1 + x2, n1, n2), x1 - max(0, x1 + x2 - n2)
    seen = likely[place]
    upper, lower = likely[place:].sum() - half * seen, likely[: place + 1].sum() - half * seen
    if alternative != "two-sided":
        return float(min(upper if alternative == "greater" else lower, 1.0))
    if convention == "doubled":
        return float(min(2 * min(upper, lower), 1.0))
    ties = (likely <= seen * _TIES) & (likely >= seen / _TIES)
    return float(min(likely[likely < seen / _TIES].sum() + (1 - half) * likely[ties].sum(), 1.0))


def _distribution(total: int, n1: int, n2: int) -> Floats:
    """Return the probability of each possible number of conversions of the one, ascending."""
    x = np.arange(max(0, total - n2), min(n1, total), dtype=np.float64)
    steps = np.log((total - x) * (n1 - x)) - np.log((x + 1) * (n2 - total + x + 1))
    heights = np.concatenate([[0.0], np.cumsum(steps)])
    likely = np.exp(heights - heights.max())
    return np.asarray(likely / likely.sum())
