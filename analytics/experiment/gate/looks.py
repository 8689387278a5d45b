"""Looks: p-values of the gate's statistics, for one look or for every look."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from analytics.experiment.evidence import multinomial_log_e, p_of_evidence, strength_for
from analytics.experiment.interval import Floats
from analytics.experiment.sample_ratio import sample_ratio_p
from analytics.experiment.sequential import NormalMixture

LEVEL = 0.001
"""False alarms that one check may raise, over all looks where there are many."""
LEAST_EXPECTED = 10
"""Units expected of each variant from which on Pearson's chi-squared is used."""
UNPLANNED = 20_000
"""Units that evidence is tuned for where no size was planned."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How often one looks.

    Attributes
    ----------
    is_one : bool
        Whether there is one look, at a planned size; else p-values hold at every look.
    n_planned : float
        Units for which p-values of many looks are most sensitive, fixed before the data are seen.
    """

    is_one: bool
    n_planned: float = UNPLANNED

    def chi_squared_p(self, statistic: npt.ArrayLike, freedom: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
        """Return p-values of quadratic forms of normal sums.

        Parameters
        ----------
        statistic : array_like
            Chi-squared with so many degrees of freedom where nothing is wrong.
        freedom : array_like
            Degrees of freedom; p is 1 where they are 0.
        n : array_like
            Units behind it.

        Notes
        -----
        For every look the likelihood ratio is averaged over normal shifts, r = n rho²:
        ``E = exp(x r / (2 (1 + r))) (1 + r)^(-k / 2)``, k degrees of freedom; `NormalMixture` where k is 1.
        """
        x, k, units = (np.asarray(given, dtype=np.float64) for given in (statistic, freedom, n))
        if self.is_one:
            return np.where(k > 0, chdtrc(np.maximum(k, 1.0), x), 1.0)
        r = units * NormalMixture.tuned_for(self.n_planned, 1 - LEVEL).spread
        return np.where(k > 0, p_of_evidence(x * r / (1 + r) / 2 - k * np.log1p(r) / 2), 1.0)

    def share_p(self, counts: npt.ArrayLike, shares: npt.ArrayLike) -> Floats:
        """Return p-values that units come with these shares: Pearson's for one look, exact evidence for every look.

        Where fewer than `LEAST_EXPECTED` are expected of any variant, evidence answers for one look too.

        Parameters
        ----------
        counts : array_like, shape (..., k)
            Units of each variant.
        shares : array_like, shape (k,)
            What was assigned, all above 0; they sum to 1.
        """
        x, w = np.asarray(counts, dtype=np.float64), np.asarray(shares, dtype=np.float64)
        n = x.sum(axis=-1)
        if not self.is_one:
            return p_of_evidence(multinomial_log_e(x, w, self.strength))
        exact = p_of_evidence(multinomial_log_e(x, w, 1.0))
        return np.where(n * w.min() >= LEAST_EXPECTED, np.nan_to_num(sample_ratio_p(x, w), nan=1.0), exact)

    @property
    def strength(self) -> float:
        """What the prior around planned shares is worth, in units."""
        return strength_for(self.n_planned, 1 - LEVEL)
