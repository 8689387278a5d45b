"""Effect shrinkage: effects of segments pulled towards what is expected of them, as far as their own scatter says."""

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from analytics.experiment.effect import Effect
from analytics.experiment.interval import Floats, Interval

_N_SCATTERS = 48
_LEAST, _MOST = 0.05, 2.0
_LEAST_UNSHRUNK = 0.2
_NEGLIGIBLE = 1e-6


def shrink(effect: Effect, design: Floats, critical: npt.ArrayLike) -> Interval:
    """Return effects shrunk towards an additive model, with intervals that hold the doubt about how far.

    Parameters
    ----------
    effect : Effect, shape (k,)
        Log ratios of segments; all of them known.
    design : ndarray of float, shape (k, p)
        What segments shrink to: the mean of all, or the sum of their dimensions' effects (`design_of`).
    critical : array_like
        Half-width of the intervals in standard errors: a normal quantile, or the critical value of a sequence.

    Notes
    -----
    True effects scatter around the model with a standard deviation t. At the true t the weighted squares of residuals,
    weights ``1 / (s² + t²)``, are chi-squared, so the tail of that distribution says how far the data speak for a
    scatter of at most t (Viechtbauer 2007); part of it is at t = 0. Given t the effect is normal with the mean ``B m +
    (1 - B) y`` and the variance ``(1 - B) s² + B² v``, ``B = s² / (s² + t²)``, m the fitted value and v its variance.
    All t are averaged over; a part of ``1 / (q + 1)``, q the degrees of freedom, and at least a fifth is kept for "not
    at all": without it intervals are too short, since few segments tell little of their scatter. The interval is that
    of the normal distribution with the mixture's mean and variance.

    References
    ----------
    Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. JASA 78, 47-55.
    Viechtbauer, W. (2007). Confidence intervals for the amount of heterogeneity in meta-analysis. Statistics in
    Medicine 26, 37-52.
    """
    y, variance = effect.value, effect.error**2
    freedom = len(y) - np.linalg.matrix_rank(design)
    if freedom < 1:
        return effect.within(critical)
    scatters = np.r_[0.0, np.geomspace(_LEAST * effect.error.min(), _MOST, _N_SCATTERS)] ** 2
    fitted, doubt, squares = _fits(y, variance + scatters[:, None], design)
    weights = np.diff(np.maximum.accumulate(chdtrc(freedom, squares)), prepend=0.0)
    unshrunk = max(_LEAST_UNSHRUNK, 1 / (freedom + 1))
    weights *= 1 - unshrunk
    weights[-1] += 1 - weights.sum()
    kept = weights > _NEGLIGIBLE
    weights, scatters = weights[kept] / weights[kept].sum(), scatters[kept, None]
    pull = variance / (variance + scatters)
    means = pull * fitted[kept] + (1 - pull) * y
    spread = (1 - pull) * variance + pull**2 * doubt[kept]
    value = weights @ means
    half = np.asarray(critical) * np.sqrt(weights @ (spread + (means - value) ** 2))
    return Interval(value, value - half, value + half)


def _fits(y: Floats, variances: Floats, design: Floats) -> tuple[Floats, Floats, Floats]:
    """Return fitted values, their variances and the weighted squares, a row for each row of variances."""
    weighted = design.T / variances[:, None, :]
    inverse = np.linalg.pinv(weighted @ design, hermitian=True)
    fitted = (inverse @ (weighted @ y)[..., None])[..., 0] @ design.T
    doubt = ((design @ inverse) * design).sum(axis=-1)
    return fitted, doubt, ((y - fitted) ** 2 / variances).sum(axis=1)
