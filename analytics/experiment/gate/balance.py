"""Balance: whether units of two variants were alike in what they did before the experiment."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments

_TOLERANCE = 1e-9
_LEAST_EXPECTED = 12.0
"""As many equal values the smaller variant is expected to have of a covariate that is tested."""


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
    are ``d / sqrt(S_jj)``. A sum of rare or very uneven amounts is not normal in a small variant: it is worth
    ``(sum x)² / sum x²`` equal values, and where fewer than twelve of them are expected there it has a gap, but is not
    tested.

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
    tested = varies & (_worth(treatment, control) * min(n1, n2) / (n1 + n2) >= _LEAST_EXPECTED)
    correlation = (pooled / np.outer(deviation, deviation))[np.ix_(tested, tested)]
    values, vectors = np.linalg.eigh(correlation)
    kept = values > _TOLERANCE * max(values.max(initial=0.0), 1.0)
    along = (vectors[:, kept].T @ gaps[tested]) ** 2 / values[kept]
    return Balance(gaps, float(along.sum() / (1 / n1 + 1 / n2)), int(kept.sum()), n1 + n2)


def _worth(treatment: Moments, control: Moments) -> Floats:
    """Return how many equal values each covariate is worth; 0 where all are 0."""
    squares = np.diagonal(treatment.products) + np.diagonal(control.products)
    return np.where(squares > 0, (treatment.totals + control.totals) ** 2 / np.where(squares > 0, squares, 1.0), 0.0)
