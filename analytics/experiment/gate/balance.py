"""Balance: whether units of two variants were alike in what they did before the experiment."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Balance:
    """Differences of covariates between two variants.

    Attributes
    ----------
    gaps : ndarray of float, shape (k,)
        Difference of the means in standard deviations; 0 where a covariate does not vary.
    statistic : float
        Of all together, chi-squared where variants are alike.
    freedom : int
        Its degrees of freedom: covariates that do not follow from the others.
    n : float
        Units of both.
    """

    gaps: Floats
    statistic: float
    freedom: int
    n: float


def balance_of(treatment: Moments, control: Moments) -> Balance:
    """Return how far covariates differ, one by one and jointly.

    Parameters
    ----------
    treatment, control : Moments
        One column a covariate, without leading axes.

    Notes
    -----
    Hotelling's statistic ``d' S^-1 d / (1 / n1 + 1 / n2)`` with the pooled covariance S, inverted where it can be; gaps
    are ``d / sqrt(S_jj)``.

    References
    ----------
    Hotelling, H. (1931). The generalization of Student's ratio. Annals of Mathematical Statistics 2, 360-378.
    Hansen, B. B., Bowers, J. (2008). Covariate balance in simple, stratified and clustered comparative studies.
    Statistical Science 23, 219-236.
    """
    n1, n2 = float(treatment.n), float(control.n)
    nothing = np.zeros(treatment.totals.shape[-1])
    if min(n1, n2) < 2:
        return Balance(nothing, 0.0, 0, n1 + n2)
    pooled = ((n1 - 1) * treatment.covariance + (n2 - 1) * control.covariance) / (n1 + n2 - 2)
    squares = (np.diagonal(treatment.products) + np.diagonal(control.products)) / (n1 + n2)
    varies = np.diagonal(pooled) > _TOLERANCE * squares
    deviation = np.sqrt(np.where(varies, np.diagonal(pooled), 1.0))
    gaps = np.where(varies, (treatment.means - control.means) / deviation, nothing)
    correlation = (pooled / np.outer(deviation, deviation))[np.ix_(varies, varies)]
    values, vectors = np.linalg.eigh(correlation)
    kept = values > _TOLERANCE * max(values.max(initial=0.0), 1.0)
    along = (vectors[:, kept].T @ gaps[varies]) ** 2 / values[kept]
    return Balance(gaps, float(along.sum() / (1 / n1 + 1 / n2)), int(kept.sum()), n1 + n2)
