"""Sample ratio: whether variants have the shares that were assigned, for one look and for every look."""

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from analytics.experiment.evidence import multinomial_log_e, p_of_evidence
from analytics.experiment.interval import Floats


def sample_ratio_p(counts: npt.ArrayLike, shares: npt.ArrayLike) -> Floats:
    """Return p-values that the units of variants come with these shares, for one look (Pearson's chi-squared).

    Parameters
    ----------
    counts : array_like, shape (..., k)
        Units of each variant.
    shares : array_like, shape (k,)
        What was assigned; they sum to 1.

    Notes
    -----
    ``sum (x - n w)² / (n w)`` with k - 1 degrees of freedom. With users that come several times, units are users.

    References
    ----------
    Fabijan, A. et al. (2019). Diagnosing sample ratio mismatch in online controlled experiments. KDD, 2156-2164.

    Examples
    --------
    >>> round(float(sample_ratio_p([145_310, 145_274], [0.5, 0.5])), 4)
    0.9468
    """
    x, w = np.asarray(counts, dtype=np.float64), np.asarray(shares, dtype=np.float64)
    expected = x.sum(axis=-1, keepdims=True) * w
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = ((x - expected) ** 2 / expected).sum(axis=-1)
    return np.asarray(chdtrc(w.size - 1, statistic))


def sample_ratio_always_valid_p(counts: npt.ArrayLike, shares: npt.ArrayLike, strength: float) -> Floats:
    """Return the same p-values, valid at every look; exact for any counts.

    Parameters
    ----------
    counts : array_like, shape (..., k)
        Units of each variant so far.
    shares : array_like, shape (k,)
        What was assigned; they sum to 1.
    strength : float
        What the prior around the shares is worth, in units; see `analytics.experiment.evidence.strength_for`.

    Notes
    -----
    See `analytics.experiment.evidence.multinomial_log_e`; Lindon and Malek (2022).
    """
    return p_of_evidence(multinomial_log_e(counts, shares, strength))
