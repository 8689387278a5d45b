"""Skewness of two rates: how much farther out one tail of their score statistic reaches than the normal one."""

import numpy as np

from analytics.experiment.effect import Alternative
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion


def score_skewness(
    treatment: Proportion, control: Proportion, statistic: Floats, alternative: Alternative = "two-sided"
) -> Floats:
    """Return a sixth of the skewness of the score statistic, towards where it lies; 0 where that tail is the shorter.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    statistic : ndarray of float
        Their score statistic: of a two-sided test its sign is the tail.
    alternative : {"two-sided", "greater", "less"}
        Which tail.

    Notes
    -----
    With equal rates p, q = 1 - p: ``A = (q - p) (1 / n1 - 1 / n2) / 6 sqrt(p q (1 / n1 + 1 / n2))``. It is 0 for
    equal numbers, and large where the smaller variant has few conversions: the one conversion of a variant with a tenth
    of the users lies three standard errors out, and is not that rare.

    References
    ----------
    Gart, J. J., Nam, J. (1988). Approximate interval estimation of the ratio of binomial parameters: a review and
    corrections for skewness. Biometrics 44, 323-338.
    """
    n1, n2 = treatment.n, control.n
    with np.errstate(divide="ignore", invalid="ignore"):
        p, both = (treatment.n_converted + control.n_converted) / (n1 + n2), 1 / n1 + 1 / n2
        sixth = (1 - 2 * p) * (1 / n1 - 1 / n2) / (6 * np.sqrt(p * (1 - p) * both))
    sign = {"two-sided": np.sign(statistic), "greater": np.ones_like(statistic), "less": -np.ones_like(statistic)}
    known = np.where(np.isfinite(sixth), sixth, 0.0)
    return np.asarray(np.maximum(known * np.nan_to_num(sign[alternative]), 0.0))


def bent(critical: Floats, skewness: Floats) -> Floats:
    """Return as far out in the skewed tail as a critical value in the normal one, by Cornish and Fisher.

    Parameters
    ----------
    critical : ndarray of float
        Up to 1 nothing is changed.
    skewness : ndarray of float
        A sixth of it, at least 0.

    Notes
    -----
    ``c + A (c² - 1)``.

    References
    ----------
    Cornish, E. A., Fisher, R. A. (1938). Moments and cumulants in the specification of distributions. Revue de
    l'Institut International de Statistique 5, 307-320.
    """
    is_bent = (skewness > 0) & (critical > 1)
    limited = np.where(is_bent, critical, 1.0)
    return np.asarray(np.where(is_bent, limited + skewness * (limited**2 - 1), critical))


def straightened(size: Floats, skewness: Floats) -> Floats:
    """Return as far out in the normal tail as a statistic in the skewed one: the inverse of `bent`.

    Parameters
    ----------
    size : ndarray of float
        Statistic, positive in the direction of the tail.
    skewness : ndarray of float
        A sixth of it, at least 0.
    """
    is_bent = (skewness > 0) & (size > 1)
    far = np.where(is_bent, size, 1.0) + skewness
    return np.asarray(np.where(is_bent, 2 * far / (1 + np.sqrt(1 + 4 * skewness * far)), size))
