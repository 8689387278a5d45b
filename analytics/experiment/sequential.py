"""Always valid: confidence sequences and p-values that hold at every look, however often and whenever one looks."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import elementwise
from scipy.special import log_ndtr

from analytics.experiment.effect import Alternative, Effect
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.score import score_difference, score_lift, score_p_value, score_statistic
from analytics.experiment.skewness import bent, score_skewness, straightened
from analytics.experiment.statistic import Proportion

_WIDEST = 1e4


@dataclass(frozen=True, slots=True)
class NormalMixture:
    """Evidence against "no effect", averaged over normal effects; asymptotically valid at all looks together.

    Attributes
    ----------
    spread : float
        Variance of the effects in units of the variance of one unit (rho² in the paper).

    Notes
    -----
    After n units (users) with the statistic z, the average likelihood ratio over effects with this spread is
    ``E = exp(z² r / (2 (1 + r))) / sqrt(1 + r)``, r = n rho². Without an effect ``P(E >= 1 / alpha at any look) <=
    alpha`` in the limit of many units. One-sided: effects of one sign, ``2 E Phi(z sqrt(r / (1 + r)))``.

    References
    ----------
    Robbins, H. (1970). Statistical methods related to the law of the iterated logarithm. Annals of Mathematical
    Statistics 41, 1397-1409.
    Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H., Ramdas, A. (2024). Time-uniform central limit theory and
    asymptotic confidence sequences. Annals of Statistics 52, 2613-2640.
    """

    spread: float

    @classmethod
    def tuned_for(cls, n: float, confidence: float = 0.95) -> "NormalMixture":
        """Return the mixture that is narrowest, nearly, after n units; it is valid at any other n too.

        Parameters
        ----------
        n : float
            Units of all variants together, fixed before the data are seen.
        confidence : float
            Level that it is to be narrow at; one for all, whatever level is shown, so that levels agree.

        Notes
        -----
        ``rho² = (-2 log alpha + log(1 - 2 log alpha)) / n``.
        """
        evidence = -2 * np.log1p(-confidence)
        return cls(float((evidence + np.log1p(evidence)) / n))

    def log_e(self, statistic: npt.ArrayLike, n: npt.ArrayLike, alternative: Alternative = "two-sided") -> Floats:
        """Return the natural logarithm of the evidence against "no effect"; NaN where the statistic does not exist.

        Parameters
        ----------
        statistic : array_like
            Value by error.
        n : array_like
            Units of both variants.
        alternative : {"two-sided", "greater", "less"}
            Which effects are averaged over.
        """
        z, r = np.asarray(statistic, dtype=np.float64), self.spread * np.asarray(n, dtype=np.float64)
        log_e = z**2 * r / (2 * (1 + r)) - np.log1p(r) / 2
        if alternative == "two-sided":
            return np.asarray(log_e)
        sign = 1 if alternative == "greater" else -1
        return np.asarray(np.log(2) + log_e + log_ndtr(sign * z * np.sqrt(r / (1 + r))))

    def p_value(self, statistic: npt.ArrayLike, n: npt.ArrayLike, alternative: Alternative = "two-sided") -> Floats:
        """Return always-valid p-values, ``min(1, 1 / E)``.

        Parameters
        ----------
        statistic : array_like
            Value by error.
        n : array_like
            Units of both variants.
        alternative : {"two-sided", "greater", "less"}
            Which effects are averaged over.
        """
        return np.exp(np.minimum(-self.log_e(statistic, n, alternative), 0.0))

    def critical(self, n: npt.ArrayLike, confidence: float = 0.95, alternative: Alternative = "two-sided") -> Floats:
        """Return the largest statistic that is not rejected after n units: the half-width in standard errors.

        Parameters
        ----------
        n : array_like
            Units of both variants; infinite half-width where 0.
        confidence : float
            Level of all looks together.
        alternative : {"two-sided", "greater", "less"}
            Which effects are averaged over.
        """
        n = np.asarray(n, dtype=np.float64)
        r, bound = self.spread * n, -np.log1p(-confidence)
        with np.errstate(divide="ignore", invalid="ignore"):
            if alternative == "two-sided":
                return np.where(r > 0, np.sqrt(2 * (1 + r) / r * (bound + np.log1p(r) / 2)), np.inf)
        safe = np.where(n > 0, n, 1.0)
        found = elementwise.find_root(lambda z, k: self.log_e(z, k, "greater") - bound, (-50.0, _WIDEST), args=(safe,))
        return np.where(n > 0, found.x, np.inf)


@dataclass(frozen=True, slots=True)
class Sequence:
    """What may be said at every look.

    Attributes
    ----------
    interval : Interval
        All effects not rejected; over all looks together it misses the truth at most as often as the level says.
    p_value : ndarray of float
        Of "no effect"; below 1 - level exactly where the interval does not hold 0.
    """

    interval: Interval
    p_value: Floats


def sequence_of(
    effect: Effect,
    n: npt.ArrayLike,
    mixture: NormalMixture,
    confidence: float = 0.95,
    alternative: Alternative = "two-sided",
) -> Sequence:
    """Return the asymptotic confidence sequence of an effect.

    Parameters
    ----------
    effect : Effect
        Differences of means or ratios, or log ratios. Not the relative difference itself: with few conversions its
        error is too small just where its value is large, and false alarms reach 18 %.
    n : array_like
        Units of both variants.
    mixture : NormalMixture
        Fixed before the data are seen.
    confidence : float
        Level of all looks together.
    alternative : {"two-sided", "greater", "less"}
        One-sided sequences are infinite on the other side.
    """
    interval = effect.within(mixture.critical(n, confidence, alternative), alternative)
    statistic = effect.statistic
    p_value = mixture.p_value(statistic, n, alternative)
    return Sequence(interval, np.where(np.isnan(statistic), 1.0, p_value))


def score_sequence(
    treatment: Proportion, control: Proportion, mixture: NormalMixture, confidence: float = 0.95
) -> tuple[Sequence, Sequence]:
    """Return the confidence sequences of difference and lift of two proportions on the scale of the pooled score.

    Parameters
    ----------
    treatment, control : Proportion
        Counts so far, independent of each other.
    mixture : NormalMixture
        Fixed before the data are seen.
    confidence : float
        Level of all looks together.

    Notes
    -----
    The intervals of Miettinen and Nurminen with the critical value of the sequence in place of the normal quantile:
    all effects that the score test, were they true, would not reject. Both and the p-value agree on "no effect". With
    unequal shares and few conversions the statistic is skewed, so it is straightened and the critical value bent: else
    up to 11 % of A/A tests would be called at 1 to 99, 7 % at 10 to 90.
    """
    n = treatment.n + control.n
    statistic = score_statistic(treatment, control)
    skewness = score_skewness(treatment, control, statistic)
    critical = bent(mixture.critical(n, confidence), skewness)
    no_evidence = np.isnan(statistic) & ~np.isnan(score_p_value(treatment, control))
    p_value = np.where(no_evidence, 1.0, mixture.p_value(straightened(np.abs(statistic), skewness), n))
    difference, lift = (score(treatment, control, critical) for score in (score_difference, score_lift))
    return Sequence(difference, p_value), Sequence(lift, p_value)
