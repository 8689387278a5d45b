"""Bayes: chance to beat control, expected loss, credible intervals; exact for conversions, normal for the rest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import erfcx, ndtr, ndtri

from analytics.experiment.beta import Beta, difference_below, expected_gain, ratio_below
from analytics.experiment.effect import Effect
from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.experiment.root import root_near
from analytics.experiment.statistic import Proportion

_ROOT_PI_HALF = np.sqrt(np.pi / 2)
_LEAST, _FAR = 1e-290, 690.0
_NEAR, _CLOSE = 0.1, 1e-10
"""Deviations that quantiles are likely to be off those of a normal distribution, and that their search leaves."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RatePrior:
    """What is known of a conversion rate before: as much as so many conversions and others say.

    Attributes
    ----------
    converted, others : float
        At least 0.5 each; 1 and 1 is the flat prior, 0.5 and 0.5 that of Jeffreys.
    """

    converted: float = 1.0
    others: float = 1.0

    def posterior(self, counts: Proportion) -> Beta:
        """Return what is known of the rates after counts, on one axis."""
        n, converted = counts.n.ravel(), counts.n_converted.ravel()
        return Beta.of(converted + self.converted, n - converted + self.others)


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of an effect after the data; the arrays have one shape.

    Attributes
    ----------
    chance_to_beat : ndarray of float
        Probability that the treatment is better than control.
    loss_of_treatment, loss_of_control : ndarray of float
        What choosing it costs on average, in the unit of the difference: the expected gain of the other, 0 where the
        other is worse.
    difference, lift : Interval
        Posterior mean and central credible interval. The mean of a lift of two rates exists where control's ``a`` is
        above 1. Of a normal effect both are the same.
    """

    chance_to_beat: Floats
    loss_of_treatment: Floats
    loss_of_control: Floats
    difference: Interval
    lift: Interval


def compare_rates(
    treatment: Proportion, control: Proportion, prior: RatePrior | None = None, confidence: float = 0.95
) -> Posterior:
    """Return what is known of two conversion rates, exactly: by quadrature, no draws and no normal limit.

    Parameters
    ----------
    treatment, control : Proportion
        Counts of independent units, broadcast against each other.
    prior : RatePrior, optional
        Of both rates, independent of each other; flat where not given.
    confidence : float
        Level of the credible intervals.

    Notes
    -----
    With posteriors ``Beta(x + a, n - x + b)``: see `difference_below`, `expected_gain` and `ratio_below`. Ends of the
    intervals are quantiles of difference and ratio, found by root search to 1e-10 of a deviation. The chance is not
    valid at every look: "95 % chance to win" looked at twenty times is wrong 43 % of the time where nothing differs.

    References
    ----------
    Pham-Gia, T., Turkkan, N. (1993). Bayesian analysis of the difference of two proportions. Communications in
    Statistics 22, 1755-1771.
    """
    counts = np.broadcast_arrays(treatment.n_converted, treatment.n, control.n_converted, control.n)
    prior = prior or RatePrior()
    one, two = (prior.posterior(Proportion(*counts[place : place + 2])) for place in (0, 2))
    shape, zero = counts[0].shape, np.zeros_like(one.a)
    numbers = (difference_below(zero, two, one), expected_gain(one, two), expected_gain(two, one))
    chance, loss_of_treatment, loss_of_control = (number.reshape(shape) for number in numbers)
    intervals = (_difference(one, two, confidence), _lift(one, two, confidence))
    difference, lift = (Interval(*(end.reshape(shape) for end in _ends(interval))) for interval in intervals)
    return Posterior(chance, loss_of_treatment, loss_of_control, difference, lift)


@dataclass(frozen=True, slots=True)
class NormalPrior:
    """What is known of an effect before: normal, on the scale of the effect.

    Attributes
    ----------
    mean : float or ndarray of float
        Where it is expected.
    deviation : float or ndarray of float
        How far it may be off; infinite for the flat prior.
    """

    mean: float | Floats = 0.0
    deviation: float | Floats = np.inf


def compare_effects(effect: Effect, prior: NormalPrior | None = None, confidence: float = 0.95) -> Posterior:
    """Return what is known of an effect whose error is normal.

    Parameters
    ----------
    effect : Effect
        Difference of means or ratios, or log ratio.
    prior : NormalPrior, optional
        Flat where not given.
    confidence : float
        Level of the credible interval.

    Notes
    -----
    Precisions add up: ``1/s² = 1/e² + 1/t²`` and ``m = s² (d / e² + m0 / t²)``, e the error and t the deviation of the
    prior. Chance ``Phi(m / s)``; losses ``s (phi(z) - z Phi(-z))``, z = ±m / s, by Mills' ratio where they are small.
    """
    prior = prior or NormalPrior()
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, before = 1 / np.where(effect.error > 0, effect.error, np.nan) ** 2, 1 / np.square(prior.deviation)
        variance = 1 / (precision + before)
        mean = variance * (effect.value * precision + prior.mean * before)
    deviation = np.sqrt(variance)
    z, half = mean / deviation, normal_quantile(confidence) * deviation
    interval = Interval(mean, mean - half, mean + half)
    return Posterior(ndtr(z), deviation * _excess(z), deviation * _excess(-z), interval, interval)


def _excess(z: Floats) -> Floats:
    """Return ``E max(Z - z, 0)`` of a standard normal Z."""
    positive = np.maximum(z, 0.0)
    mills = _ROOT_PI_HALF * erfcx(positive / np.sqrt(2))
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(np.where(z > 0, density * (1 - positive * mills), density - z * ndtr(-z)))


def _difference(one: Beta, two: Beta, confidence: float) -> Interval:
    def below(gap: Floats, place: Places) -> Floats:
        return difference_below(gap, one.at(place), two.at(place))

    mean, deviation = one.mean - two.mean, np.hypot(one.deviation, two.deviation)
    return Interval(mean, *_quantiles(below, confidence, (mean, deviation), 1.0))


def _lift(one: Beta, two: Beta, confidence: float) -> Interval:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(two.a > 1, one.mean * (two.a + two.b - 1) / (two.a - 1), np.nan)

    def below(log_ratio: Floats, place: Places) -> Floats:
        return ratio_below(np.exp(log_ratio), one.at(place), two.at(place))

    deviation = np.hypot(one.deviation / one.mean, two.deviation / two.mean)
    low, high = _quantiles(below, confidence, (np.log(one.mean / two.mean), deviation), _FAR)
    return Interval(mean - 1, np.expm1(low), np.expm1(high))


def _quantiles(
    below: Callable[[Floats, Places], Floats], confidence: float, near: tuple[Floats, Floats], limit: float
) -> tuple[Floats, Floats]:
    """Return both quantiles of a distribution function, which is nearly straight in normal scores, searched together.

    Near are its centre and deviation; quantiles are within the limit on either side of 0.
    """
    centre, deviation = near
    targets = ndtri([(1 - confidence) / 2, (1 + confidence) / 2])
    places = np.tile(np.arange(centre.size), 2)
    target = np.repeat(targets, centre.size)

    def excess(x: Floats, place: Places, score: Floats) -> Floats:
        return np.asarray(ndtri(np.clip(below(x, place), _LEAST, 1 - 1e-16)) - score)

    guess = centre[places] + deviation[places] * target
    around = guess - _NEAR * deviation[places], guess + _NEAR * deviation[places]
    limits = np.full(guess.size, -limit), np.full(guess.size, limit)
    found = root_near(excess, around, limits, (places, target), _CLOSE)
    return found[: centre.size], found[centre.size :]


def _ends(interval: Interval) -> tuple[Floats, Floats, Floats]:
    return interval.value, interval.low, interval.high
