"""Trial: power, units and smallest detectable lift of a comparison with control, for rates, means and ratios."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import nctdtr, ndtr, stdtrit

from analytics.experiment.interval import Floats
from analytics.experiment.power.crossing import Stopping, stopping
from analytics.experiment.power.rule import Rule

_FEWEST, _MOST = 4.0, 1e15
_LARGEST_LIFT = 1e3
_LEAST_LOSS = 1e-9
_PROBE, _ROOM = 0.01, 0.02
_NEARLY_NORMAL = 1e6


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known of control.

    Attributes
    ----------
    value : float
        Rate, mean or ratio; above 0.
    spread : float
        Variance of one unit: the squared error of the value is ``spread / n``. Of ratios and of clustered rates that of
        the delta method, of a plain rate ``p (1 - p)``.
    is_rate : bool
        Whether the value is a part of one, tested by the score test.
    weight : float
        How many units one counts for in the degrees of freedom, at most 1; below where users weigh differently.
    """

    value: float
    spread: float
    is_rate: bool = False
    weight: float = 1.0

    @classmethod
    def of_rate(cls, rate: float) -> "Baseline":
        """Return the baseline of a rate of independent units."""
        return cls(rate, rate * (1 - rate), is_rate=True)

    @property
    def trials(self) -> float:
        """How many independent trials one unit is worth, of a rate."""
        return self.value * (1 - self.value) / self.spread


@dataclass(frozen=True, slots=True)
class Trial:
    """A comparison of one treatment with control that is planned.

    Attributes
    ----------
    baseline : Baseline
        What is known of control; means and ratios have the same spread in the treatment.
    rule : Rule
        When it rejects.
    shares : (float, float)
        Part of all units that the treatment gets, and control.
    null : float
        Lift that is to be excluded: 0; below 0 where the treatment must not be worse than that (a guardrail); above 0
        where smaller lifts are not worth having.

    Notes
    -----
    Tested is ``m1 - R m2``, ``R = 1 + null``, whose mean is ``m2 (lift - null)``: rates by the score test (Miettinen
    and Nurminen 1985), whose error is that under the null hypothesis, means and ratios by Welch's t (Fieller). With n
    units of all variants its statistic has the mean ``drift sqrt(n)``, in units of the true error.

    References
    ----------
    Farrington, C. P., Manning, G. (1990). Test statistics and sample size formulae for comparative binomial trials.
    Statistics in Medicine 9, 1447-1454.
    Jennison, C., Turnbull, B. W. (2000). Group sequential methods with applications to clinical trials.

    Examples
    --------
    >>> trial = Trial(Baseline.of_rate(0.1), Rule("fixed"))
    >>> trial.sample_size(0.1)
    29503
    """

    baseline: Baseline
    rule: Rule
    shares: tuple[float, float] = (0.5, 0.5)
    null: float = 0.0

    def power(self, n: float, lift: float) -> float:
        """Return the chance that the lift is shown by the planned end.

        Parameters
        ----------
        n : float
            Units of all variants at the planned end.
        lift : float
            The lift that is true.
        """
        if self.rule.method == "fixed":
            return self._fixed_power(n, lift)
        return float(self.stopping(n, lift).power)

    def stopping(self, n: float, lift: float) -> Stopping:
        """Return the chances to stop at each look; information is counted as a part of n.

        Parameters
        ----------
        n, lift : float
            As of `power`.
        """
        drift, stretch = self._drift(lift)
        return _stopping(self.rule, stretch, drift * float(np.sqrt(n)))

    def sample_size(self, lift: float, power: float = 0.8) -> int | None:
        """Return how many units of all variants show a lift with a chance; None where no number does.

        Parameters
        ----------
        lift : float
            The lift that is true.
        power : float
            The chance wanted.
        """
        drift, stretch = self._drift(lift)
        if not np.isfinite(drift) or drift == 0 or (self.rule.is_one_sided and drift < 0):
            return None
        if self.rule.method != "fixed":
            return _whole((needed_drift(self.rule, power, stretch) / drift) ** 2)
        low, high = np.log(self._fewest), np.log(_MOST)
        if self._fixed_power(_MOST, lift) < power:
            return None
        if self._fixed_power(self._fewest, lift) >= power:
            return _whole(self._fewest)
        return _whole(np.exp(brentq(lambda log_n: self._fixed_power(float(np.exp(log_n)), lift) - power, low, high)))

    def detectable(self, n: float, power: float = 0.8) -> float | None:
        """Return the lift nearest to the null one that is shown with a chance; None where none is.

        Parameters
        ----------
        n : float
            Units of all variants at the planned end.
        power : float
            The chance wanted.
        """
        sign = -1.0 if self.rule.alternative == "less" else 1.0
        farthest = self._farthest(sign)
        if n < self._fewest or not self.power(n, self.null + sign * farthest) >= power:
            return None

        def excess(log_gap: float) -> float:
            return self.power(n, self.null + sign * float(np.exp(log_gap))) - power

        near, far = self._around(n, power, farthest)
        if excess(near) > 0 or excess(far) < 0:
            near, far = float(np.log(farthest * 1e-9)), float(np.log(farthest))
        return None if excess(near) > 0 else self.null + sign * float(np.exp(brentq(excess, near, far, xtol=1e-7)))

    def excludable(self, n: float, power: float = 0.8) -> float | None:
        """Return the smallest loss that is ruled out with a chance where nothing changes; None where none is.

        Parameters
        ----------
        n : float
            Units of all variants at the planned end.
        power : float
            The chance wanted.
        """

        def excess(log_loss: float) -> float:
            return replace(self, null=-float(np.exp(log_loss))).power(n, 0.0) - power

        low, high = np.log(_LEAST_LOSS), np.log1p(-_LEAST_LOSS)
        if n < self._fewest or excess(high) < 0:
            return None
        return _LEAST_LOSS if excess(low) > 0 else float(np.exp(brentq(excess, low, high)))

    def information(self, n: float, lift: float) -> float:
        """Return the squared mean of the statistic with n units: what a look knows, on any scale."""
        return self._drift(lift)[0] ** 2 * n

    def _around(self, n: float, power: float, farthest: float) -> tuple[float, float]:
        """Return logarithms between which the detectable lift is likely to lie, so that few powers are needed."""
        sign = -1.0 if self.rule.alternative == "less" else 1.0
        probe = min(_PROBE, farthest / 2)
        drift = self._drift(self.null + sign * probe)[0] * float(np.sqrt(n))
        guess = float(np.log(min(probe * needed_drift(self.rule, power) / drift, farthest))) if drift > 0 else 0.0
        return guess - _ROOM, min(guess + _ROOM, float(np.log(farthest)))

    @property
    def _fewest(self) -> float:
        return max(_FEWEST, 2.0 / (min(self.shares) * min(self.baseline.weight, 1.0)))

    def _farthest(self, sign: float) -> float:
        """Return how far from the null lift one looks."""
        if sign < 0:
            return 1 + self.null
        return (1 / self.baseline.value - 1 - self.null) if self.baseline.is_rate else _LARGEST_LIFT

    def _drift(self, lift: float) -> tuple[float, float]:
        """Return mean of the statistic for one unit, and the error that the test takes by the true one."""
        base, ratio = self.baseline, 1 + self.null
        treatment, control = self.shares
        sign = -1.0 if self.rule.alternative == "less" else 1.0
        if not base.is_rate:
            error = np.sqrt(base.spread * (1 / treatment + ratio**2 / control))
            return float(sign * base.value * (lift - self.null) / error), 1.0
        rates = min(base.value * (1 + lift), 1.0), base.value
        error, assumed = (
            np.sqrt((p1 * (1 - p1) / treatment + ratio**2 * p2 * (1 - p2) / control) / base.trials)
            for p1, p2 in (rates, restricted(rates, self.shares, ratio))
        )
        gap = sign * (rates[0] - ratio * rates[1])
        return (float(gap / error), float(assumed / error)) if error > 0 else (float("nan"), 1.0)

    def _fixed_power(self, n: float, lift: float) -> float:
        drift, stretch = self._drift(lift)
        centre, critical = drift * float(np.sqrt(n)), self.rule.fixed_critical
        if self.baseline.is_rate:
            trials = n * sum(self.shares) * self.baseline.trials
            critical *= stretch * float(np.sqrt(trials / (trials - 1))) if trials > 1 else np.inf
            below = 0.0 if self.rule.is_one_sided else float(ndtr(-critical - centre))
            return float(ndtr(centre - critical)) + below
        return _student_power(centre, self._freedom(n), self.rule)

    def _freedom(self, n: float) -> float:
        """Return Welch's degrees of freedom."""
        treatment, control = (n * share for share in self.shares)
        v1, v2 = 1 / treatment, (1 + self.null) ** 2 / control
        counted = [max(units * self.baseline.weight - 1, 1e-9) for units in (treatment, control)]
        return float((v1 + v2) ** 2 / (v1**2 / counted[0] + v2**2 / counted[1]))


def restricted(rates: tuple[float, float], shares: tuple[float, float], ratio: float) -> tuple[float, float]:
    """Return the most likely rates whose ratio is given, where these are seen.

    Parameters
    ----------
    rates : (float, float)
        Of treatment and control.
    shares : (float, float)
        Their parts of the units.
    ratio : float
        Treatment by control.
    """
    (p1, p2), (w1, w2) = rates, shares
    u, v = (w1 + w2 * p2) * ratio, w2 + w1 * p1
    root = np.sqrt((u - v) ** 2 + 4 * ratio * w1 * (1 - p1) * w2 * (1 - p2))
    control = min(2 * (w1 * p1 + w2 * p2) / (u + v + root), 1.0)
    return min(ratio * control, 1.0), float(control)


@lru_cache(maxsize=1024)
def needed_drift(rule: Rule, power: float, stretch: float = 1.0) -> float:
    """Return which mean of the statistic at the planned end rejects with a chance, of a method with several looks.

    Parameters
    ----------
    rule : Rule
        When it rejects; the normal quantiles of one look too.
    power : float
        The chance wanted, above the false-alarm rate.
    stretch : float
        Error that the test takes by the true one.
    """
    return float(brentq(lambda drift: float(_stopping(rule, stretch, drift).power) - power, 0.0, 60.0, xtol=1e-9))


def _stopping(rule: Rule, stretch: float, drift: float) -> Stopping:
    fractions, critical = _looks(rule)
    return stopping(fractions, critical * stretch, drift, is_one_sided=rule.is_one_sided)


@lru_cache(maxsize=256)
def _looks(rule: Rule) -> tuple[Floats, Floats]:
    return rule.fractions, rule.critical(rule.fractions)


def _student_power(centre: float, freedom: float, rule: Rule) -> float:
    """Return the chance that Student's t with a mean is beyond its critical value."""
    alpha = 1 - rule.level
    critical = float(stdtrit(min(freedom, 1e300), 1 - (alpha if rule.is_one_sided else alpha / 2)))
    above = _student_tail(-centre, freedom, -critical)
    return above if rule.is_one_sided else above + _student_tail(centre, freedom, -critical)


def _student_tail(centre: float, freedom: float, end: float) -> float:
    """Return the chance that Student's t with a mean is below an end; normal where the series does not converge."""
    found = float(nctdtr(freedom, centre, end)) if freedom <= _NEARLY_NORMAL else np.nan
    return found if np.isfinite(found) else float(ndtr(end - centre))


def _whole(n: float) -> int:
    return int(np.ceil(n - 1e-9))
