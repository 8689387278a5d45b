"""Shrinkage: rates of many segments pulled towards the whole, as far as their own scatter says (empirical Bayes)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, chdtrc

from analytics.experiment.interval import Floats, Interval

Groups = npt.NDArray[np.intp]
_N_MEASURED, _N_STRENGTHS = 32, 160
_NEGLIGIBLE = 1e-6


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """What is known of a segment before its own sessions are looked at: a mixture of beta distributions.

    Attributes
    ----------
    mean : float
        The rate of the whole, in [0, 1].
    strengths : ndarray of float, shape (j,)
        How many sessions each part of the mixture is worth.
    weights : ndarray of float, shape (j,)
        How far the scatter of the segments speaks for each; they sum to 1.
    """

    mean: float
    strengths: Floats
    weights: Floats

    @property
    def n_sessions(self) -> float:
        """How many sessions the prior is worth: a segment of as many lies about halfway to the whole."""
        return float(1 / (self.weights @ (1 / (self.strengths + 1))) - 1)

    def rate(self, n_converted: Floats, n: Floats) -> Floats:
        """Return the posterior means: of each part ``(x + s m) / (n + s)``."""
        kept = (self.weights / (n[:, None] + self.strengths)).sum(axis=1)
        return np.asarray(self.mean + (n_converted - n * self.mean) * kept)

    def interval(self, n_converted: Floats, n: Floats, confidence: float) -> Interval:
        """Return the posterior means with the central credible interval.

        It is that of the beta distribution with the mean and the variance of the posterior mixture, which holds both
        the chance in the segment's own sessions and the doubt about the prior's strength.
        """
        total = n[:, None] + self.strengths
        means = (n_converted[:, None] + self.strengths * self.mean) / total
        value = self.rate(n_converted, n)
        variance = (self.weights * (means * (1 - means) / (total + 1) + (means - value[:, None]) ** 2)).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = value * (1 - value) / variance - 1
            low, high = (betaincinv(value * size, (1 - value) * size, q) for q in _tails(confidence))
        varies = variance > 0
        return Interval(value, np.where(varies, low, np.nan), np.where(varies, high, np.nan))


def estimate_prior(n_converted: Floats, n: Floats, group: Groups, whole: tuple[float, float]) -> BetaPrior:
    """Return the prior that the scatter of some segments speaks for.

    Parameters
    ----------
    n_converted, n : ndarray of float, shape (k,)
        Conversions and sessions of each segment, n > 0.
    group : ndarray of int, shape (k,)
        Which segments part the same sessions among them: scatter is measured within a group, then added up.
    whole : (float, float)
        Conversions and sessions of everything, not 0. The prior's mean is their ratio, and it is never worth more
        sessions than there are.

    Notes
    -----
    Let true rates scatter around m with the variance ``rho m (1 - m)``; the prior is then worth ``s = 1/rho - 1``
    sessions. At the true rho ``Q = sum of w (x/n - p)² / (m (1 - m))``, w = n / (1 + rho (n - 1)) and p the weighted
    mean of the group, is about chi-squared with as many degrees of freedom as there are segments less groups. So the
    tail of that distribution at Q(rho) is how far the data speak for a value of at most rho (a confidence
    distribution). Its part at rho = 0 is the p-value of a test that nothing but chance is at work: on pure noise much
    of the weight is there, the rest is at strong priors, and the segments shrink to the whole.

    References
    ----------
    Kleinman, J. C. (1973). Proportions with extraneous variance: single and independent samples. JASA 68, 46-54.
    Viechtbauer, W. (2007). Confidence intervals for the amount of heterogeneity in meta-analysis. Statistics in
    Medicine 26, 37-52.
    """
    converted, sessions = whole
    mean = converted / sessions
    freedom = n.size - np.unique(group).size
    if freedom < 1 or not 0 < mean < 1:
        return BetaPrior(mean, np.array([sessions]), np.ones(1))
    coarse, fine = (np.geomspace(1 / (sessions + 1), 0.5, size) for size in (_N_MEASURED, _N_STRENGTHS))
    scatter = np.array([_scatter(n_converted, n, group, rho) for rho in coarse]) / (mean * (1 - mean))
    support = np.maximum.accumulate(chdtrc(freedom, np.interp(np.log(fine), np.log(coarse), scatter)))
    weights = np.diff(support, prepend=0.0, append=1.0)
    rhos = np.sqrt(np.r_[fine[0], fine] * np.r_[fine, 0.5])
    kept = weights > _NEGLIGIBLE
    return BetaPrior(mean, 1 / rhos[kept] - 1, weights[kept] / weights[kept].sum())


def _scatter(n_converted: Floats, n: Floats, group: Groups, rho: float) -> float:
    weights, rates = n / (1 + rho * (n - 1)), n_converted / n
    centres = np.bincount(group, weights * rates) / np.maximum(np.bincount(group, weights), 1e-300)
    return float((weights * (rates - centres[group]) ** 2).sum())


def _tails(confidence: float) -> tuple[float, float]:
    return (1 - confidence) / 2, (1 + confidence) / 2
