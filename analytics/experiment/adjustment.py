"""Adjustment: means and ratios less what is explained by what was known before (CUPED)."""

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments, Point, ratio_of


def theta_of(pooled: Moments) -> Floats:
    """Return the slopes of the first column on the others, over all variants together.

    Parameters
    ----------
    pooled : Moments
        The sum of the moments of all variants; the first column is the outcome, the others were known before.

    Returns
    -------
    ndarray of float, shape (..., k - 1)
        0 where the covariates do not vary.
    """
    covariance = np.nan_to_num(pooled.covariance)
    inverse = np.linalg.pinv(covariance[..., 1:, 1:], rcond=1e-12, hermitian=True)
    return np.asarray((inverse @ covariance[..., 1:, :1])[..., 0])


def adjusted_of(moments: Moments, pooled: Moments) -> Point:
    """Return the mean of the first column less what the others, known before, explain (CUPED).

    Parameters
    ----------
    moments : Moments
        Of one variant: the outcome, then covariates that the variant cannot have changed.
    pooled : Moments
        The sum over all variants; it gives the slopes and the mean to which covariates are brought.

    Notes
    -----
    ``m = mean(y) - theta (mean(x) - mean(x of all))``, theta as in `theta_of`, one for all variants. Its variance is
    ``(s_yy - 2 theta s_xy + theta² s_xx) / n``; theta and the mean of all are taken as known.

    References
    ----------
    Deng, A., Xu, Y., Kohavi, R., Walker, T. (2013). Improving the sensitivity of online controlled experiments by
    utilizing pre-experiment data. WSDM, 123-132.
    """
    theta = theta_of(pooled)
    shift = (theta * (moments.means[..., 1:] - pooled.means[..., 1:])).sum(axis=-1)
    gradient = np.concatenate([np.ones_like(theta[..., :1]), -theta], axis=-1)
    gradient = np.broadcast_to(gradient, moments.totals.shape)
    return Point(moments.means[..., 0] - shift, moments.variance_along(gradient), moments.n)


def adjusted_ratio_of(moments: Moments, pooled: Moments) -> Point:
    """Return the ratio of the first two columns less what the others, known before, explain.

    Parameters
    ----------
    moments : Moments
        Of one variant: numerator, denominator, then covariates of each unit.
    pooled : Moments
        The sum over all variants.

    Notes
    -----
    CUPED on the linear form of the ratio: theta are the slopes of ``(a - R b) / mean(b)``, R over all variants, on the
    covariates; ``m = R_variant - theta (mean(x) - mean(x of all))``.

    References
    ----------
    Deng, A., Knoblich, U., Lu, J. (2018). Applying the delta method in metric analytics. KDD, 233-242, section 4.
    """
    whole, own = _linear(pooled), _linear(moments)
    covariance = np.nan_to_num(pooled.covariance)
    inverse = np.linalg.pinv(covariance[..., 2:, 2:], rcond=1e-12, hermitian=True)
    explained = (covariance[..., 2:, :2] @ np.nan_to_num(whole)[..., None])[..., 0]
    theta = (inverse @ explained[..., None])[..., 0]
    shift = (theta * (moments.means[..., 2:] - pooled.means[..., 2:])).sum(axis=-1)
    gradient = np.concatenate([own, np.broadcast_to(-theta, (*own.shape[:-1], theta.shape[-1]))], axis=-1)
    return Point(ratio_of(moments.leading(2)).value - shift, moments.variance_along(gradient), moments.n)


def _linear(moments: Moments) -> Floats:
    """Return the derivative of the ratio by the means of numerator and denominator."""
    with np.errstate(divide="ignore", invalid="ignore"):
        base = moments.means[..., 1]
        return np.stack([1 / base, -moments.means[..., 0] / base**2], axis=-1)
