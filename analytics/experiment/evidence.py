"""Exact evidence (e-values) for counts: no normal limit, valid at every look from the first unit on."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import elementwise
from scipy.special import betaln, gammaln, xlog1py, xlogy

from analytics.experiment.interval import Floats, Interval
from analytics.experiment.statistic import Proportion

_FAR = 700.0
_PLUG_IN = 0.18
"""Prior conversions and others of either variant (Turner et al.)."""


def multinomial_log_e(counts: npt.ArrayLike, shares: npt.ArrayLike, strength: float) -> Floats:
    """Return the natural logarithm of the evidence that counts do not come with these shares.

    Parameters
    ----------
    counts : array_like, shape (..., k)
        Units of each variant so far; or conversions of each.
    shares : array_like, shape (k,)
        What was assigned; they sum to 1.
    strength : float
        What the prior around the shares is worth, in units; fixed before the data are seen, see `strength_for`.

    Returns
    -------
    ndarray of float, shape (...)
        Where the shares are true, ``P(E >= 1 / alpha at any look) <= alpha``, whatever the counts.

    Notes
    -----
    The Dirichlet mixture ``B(s w + x) / B(s w) / prod w_i^x_i``, s the strength. Of units it tests the sample ratio. Of
    conversions it tests that variants convert alike: where units are assigned independently of each other and of the
    outcome, a conversion belongs to variant i with the chance w_i p_i / sum w p, which is w_i where all convert alike,
    even where rates change over time.

    References
    ----------
    Lindon, M., Malek, A. (2022). Anytime-valid inference for multinomial count data. NeurIPS 35, 2817-2831.
    """
    x, w = np.asarray(counts, dtype=np.float64), np.asarray(shares, dtype=np.float64)
    prior = strength * w
    mixture = gammaln(prior + x).sum(axis=-1) - gammaln(strength + x.sum(axis=-1))
    mixture -= gammaln(prior).sum(axis=-1) - gammaln(strength)
    return np.asarray(mixture - xlogy(x, w).sum(axis=-1))


def strength_for(n: float, confidence: float = 0.95) -> float:
    """Return the strength of a prior with which `multinomial_log_e` is most sensitive, nearly, after n units.

    Parameters
    ----------
    n : float
        Units (or conversions) of all variants, fixed before the data are seen.
    confidence : float
        Level that it is used at.

    Notes
    -----
    The variance of the prior is that of `NormalMixture.tuned_for`: ``n / (-2 log alpha + log(1 - 2 log alpha))``.
    """
    evidence = -2 * np.log1p(-confidence)
    return float(n / (evidence + np.log1p(evidence)))


def p_of_evidence(log_e: npt.ArrayLike) -> Floats:
    """Return p-values that are valid at every look, ``min(1, 1 / E)``."""
    return np.exp(np.minimum(-np.asarray(log_e, dtype=np.float64), 0.0))


def lift_sequence(
    n_converted: npt.ArrayLike,
    n_converted_control: npt.ArrayLike,
    share: float,
    strength: float,
    confidence: float = 0.95,
) -> Interval:
    """Return relative differences of two conversion rates with an interval that is exact at every look.

    Parameters
    ----------
    n_converted, n_converted_control : array_like
        Conversions so far of treatment and control.
    share : float
        Probability with which a unit of the two was given the treatment, in (0, 1).
    strength : float
        As in `multinomial_log_e`.
    confidence : float
        Level of all looks together.

    Returns
    -------
    Interval
        ``p1 / p2 - 1`` from conversions and share alone, NaN where control has none; from -1 where too few are known to
        infinity.

    Notes
    -----
    All chances q that a conversion belongs to the treatment for which ``B(a + x1, b + x2) / B(a, b) / (q^x1 (1 -
    q)^x2) < 1 / alpha``, a and b the strength times share and 1 - share; then ``p1 / p2 = q / (1 - q) (1 - w) / w``.
    """
    x1, x2 = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (n_converted, n_converted_control)))
    offset = np.log(share) - np.log1p(-share)
    a, b = strength * share, strength * (1 - share)
    bound = betaln(a + x1, b + x2) - betaln(a, b) + np.log1p(-confidence)

    def excess(logit: Floats, converted: Floats, others: Floats, limit: Floats) -> Floats:
        return np.asarray(converted * np.logaddexp(0, -logit) + others * np.logaddexp(0, logit) + limit)

    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.clip(np.log(x1) - np.log(x2), -_FAR, _FAR)
        value = np.where(x2 > 0, np.expm1(np.log(x1 / x2) - offset), np.nan)
    centre = np.where(x1 + x2 > 0, centre, 0.0)
    low = elementwise.find_root(excess, (np.minimum(-_FAR, centre - 1), centre), args=(x1, x2, bound)).x
    high = elementwise.find_root(excess, (centre, np.maximum(_FAR, centre + 1)), args=(x1, x2, bound)).x
    low = np.where(x1 > 0, np.expm1(low - offset), -1.0)
    high = np.where(x2 > 0, np.expm1(np.minimum(high - offset, _FAR)), np.inf)
    return Interval(value, low, high)


def blocks_log_e(treatment: Proportion, control: Proportion) -> Floats:
    """Return the natural logarithm of the evidence that two rates differ, after each of several looks.

    Parameters
    ----------
    treatment, control : Proportion
        Counts that came between one look and the next, looks along the last axis; not cumulated.

    Returns
    -------
    ndarray of float, shape (..., looks)
        Exact for any allocation and any n; the common rate may change from one look to the next, not between them.

    Notes
    -----
    A bet: before each look both rates are guessed from what came before, ``(x + 0.18) / (n + 0.36)``; the evidence is
    multiplied by the likelihood of the counts under the guesses over that under their mean, weighted by n.

    References
    ----------
    Turner, R. J., Ly, A., Grünwald, P. D. (2024). Generic e-variables for exact sequential k-sample tests that allow
    for optional stopping. Journal of Statistical Planning and Inference 230, 106116.
    """
    p1, p2 = _guesses(treatment), _guesses(control)
    n = treatment.n + control.n
    with np.errstate(divide="ignore", invalid="ignore"):
        p0 = np.where(n > 0, (treatment.n * p1 + control.n * p2) / n, 0.5)
    gained = _log_likelihood(treatment, p1) + _log_likelihood(control, p2)
    return np.cumsum(gained - _log_likelihood(treatment, p0) - _log_likelihood(control, p0), axis=-1)


def _guesses(counts: Proportion) -> Floats:
    converted = np.cumsum(counts.n_converted, axis=-1) - counts.n_converted
    n = np.cumsum(counts.n, axis=-1) - counts.n
    return np.asarray((converted + _PLUG_IN) / (n + 2 * _PLUG_IN))


def _log_likelihood(counts: Proportion, p: Floats) -> Floats:
    return np.asarray(xlogy(counts.n_converted, p) + xlog1py(counts.n - counts.n_converted, -p))
