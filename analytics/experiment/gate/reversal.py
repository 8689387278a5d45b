"""Reversal: a difference of rates in total against that within the members of a dimension (Simpson's paradox)."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion


@dataclass(frozen=True, slots=True)
class Standardised:
    """A difference of two rates with and without the mix of members.

    Attributes
    ----------
    raw : float
        Difference of the total rates.
    standardised : float
        Mean of the differences within members, weighted by their share of all sessions.
    share_against : float
        Share of the sessions in members whose difference has not the sign of ``raw``, but the other one.
    statistic : float
        Of "both variants have the same mix, as far as it matters for the rate": standard normal where they have.
    n : float
        Independent units behind it.
    """

    raw: float
    standardised: float
    share_against: float
    statistic: float
    n: float

    @property
    def is_reversed(self) -> bool:
        """Whether the total says one thing and the members, taken together, the other."""
        return self.raw * self.standardised < 0


def standardised_of(treatment: Proportion, control: Proportion, n_units: tuple[float, float]) -> Standardised:
    """Return the raw and the standardised difference over the members of a dimension.

    Parameters
    ----------
    treatment, control : Proportion
        Sessions and conversions by member, one axis.
    n_units : (float, float)
        Independent units behind the sessions of either: with users of several sessions the effective number
        ``(sum b)² / sum b²``.

    Notes
    -----
    Direct standardisation: ``sum of W_m (p1_m - p2_m)``, W the share of a member in all sessions of those members that
    both variants have. What the mix adds is about ``sum of (a_m - b_m) p_m``, a and b the shares of the members in
    either variant and p their common rates: the difference of a prognostic score, with the variance of the score over
    sessions times ``1 / n1 + 1 / n2``.

    References
    ----------
    Simpson, E. H. (1951). The interpretation of interaction in contingency tables. JRSS B 13, 238-241.
    Hansen, B. B. (2008). The prognostic analogue of the propensity score. Biometrika 95, 481-488.
    """
    both = (treatment.n > 0) & (control.n > 0)
    one = Proportion(treatment.n_converted[both], treatment.n[both])
    two = Proportion(control.n_converted[both], control.n[both])
    n, (n1, n2) = one.n + two.n, n_units
    if not both.any() or min(n1, n2) <= 0:
        return Standardised(0.0, 0.0, 0.0, 0.0, 0.0)
    weights, within = n / n.sum(), one.rate - two.rate
    raw = float(one.n_converted.sum() / one.n.sum() - two.n_converted.sum() / two.n.sum())
    against = float(weights[within * raw < 0].sum())
    score = (one.n_converted + two.n_converted) / n
    return Standardised(raw, float(weights @ within), against, _mix(score, one.n, two.n, n_units), n1 + n2)


def _mix(score: Floats, n_one: Floats, n_two: Floats, n_units: tuple[float, float]) -> float:
    """Return the difference of the mean scores in standard errors; 0 where scores do not vary."""
    n = n_one + n_two
    mean = float(n @ score / n.sum())
    error = np.sqrt(float(n @ (score - mean) ** 2 / n.sum()) * (1 / n_units[0] + 1 / n_units[1]))
    shift = float(n_one @ score / n_one.sum() - n_two @ score / n_two.sum())
    return float(shift / error) if error > 1e-12 else 0.0
