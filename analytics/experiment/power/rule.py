"""Rule: when a test of one lift rejects, for one look, planned looks, or any look."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from analytics.experiment.effect import Alternative
from analytics.experiment.group_sequential import boundaries, obrien_fleming
from analytics.experiment.interval import Floats, bonferroni
from analytics.experiment.sequential import NormalMixture
from semantic.experiment import Method


@dataclass(frozen=True, slots=True)
class Rule:
    """When "no effect" is rejected; information is counted as a part of that at the planned end.

    Attributes
    ----------
    method : {"sequential", "fixed", "group_sequential"}
        A sequence that is valid at every look, one look at the end, or spending of O'Brien and Fleming.
    confidence : float
        Level of all looks and comparisons together.
    alternative : {"two-sided", "greater", "less"}
        Which lifts are looked for.
    n_looks : int
        Looks until the planned end, equally far apart; one look is one look for every method but the sequence.
    n_comparisons : int
        Treatments compared with control; each is tested at its part of the false alarms (Bonferroni).
    tuned_at : float
        Information at which the sequence is narrowest, by that of the planned end.
    """

    method: Method = "sequential"
    confidence: float = 0.95
    alternative: Alternative = "two-sided"
    n_looks: int = 10
    n_comparisons: int = 1
    tuned_at: float = 1.0

    @property
    def level(self) -> float:
        """Confidence of one comparison."""
        return bonferroni(self.confidence, self.n_comparisons)

    @property
    def is_one_sided(self) -> bool:
        """Whether only one sign of the lift is looked for."""
        return self.alternative != "two-sided"

    @property
    def fractions(self) -> Floats:
        """Information at each look, by that of the planned end."""
        n_looks = 1 if self.method == "fixed" else self.n_looks
        return np.arange(1, n_looks + 1) / n_looks

    @property
    def fixed_critical(self) -> float:
        """Normal quantile that one look at the end rejects beyond."""
        alpha = 1 - self.level
        return float(-ndtri(alpha if self.is_one_sided else alpha / 2))

    def critical(self, fractions: Floats) -> Floats:
        """Return what the statistic must be above at each look, where lifts that are looked for have positive ones.

        Parameters
        ----------
        fractions : ndarray of float
            Information at all looks until then, ascending; above 1 only for a sequence.
        """
        if self.method == "fixed":
            return np.where(fractions >= 1 - 1e-9, self.fixed_critical, np.inf)
        if self.method == "group_sequential":
            return boundaries(fractions, obrien_fleming, 1 - self.level, is_one_sided=self.is_one_sided)
        side: Alternative = "greater" if self.is_one_sided else "two-sided"
        return NormalMixture.tuned_for(self.tuned_at).critical(fractions, self.level, side)
