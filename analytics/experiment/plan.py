"""Plan: how variants are compared, at which level, and which statistic that takes after so many sessions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from analytics.experiment.effect import Alternative, tail_p
from analytics.experiment.interval import Floats, bonferroni
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.spending import SpendingCurve, spending_curve
from semantic.experiment import Method

N_TUNED = 5_000
"""Where no size is planned, sequences are narrowest after so many sessions; they hold after any number."""
_NEARLY = 1e-9
"""Part of a look by which rounding may hide that it is over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How variants are compared.

    Attributes
    ----------
    method : {"sequential", "fixed", "group_sequential"}
        What decides: a sequence that holds at every look, one planned look, or planned looks with spending.
    confidence : float
        Level of all comparisons together.
    alternative : {"two-sided", "greater", "less"}
        What is held against "no effect".
    n_planned : float
        Units of all variants at the planned end; 0: not planned.
    n_looks : int
        Planned looks at equal distances until then.
    n_comparisons : int
        Treatments that are compared with control.
    information : float or None
        Part of the planned units that is there; None: from the units compared.
    """

    method: Method = "sequential"
    confidence: float = 0.95
    alternative: Alternative = "two-sided"
    n_planned: float = 0.0
    n_looks: int = 10
    n_comparisons: int = 1
    information: float | None = None

    @property
    def level(self) -> float:
        """Level of one comparison, so that all hold together (Bonferroni)."""
        return bonferroni(self.confidence, self.n_comparisons)

    @property
    def mixture(self) -> NormalMixture:
        """The mixture of the sequence; it depends on nothing that was seen, and not on the level that is shown."""
        return NormalMixture.tuned_for(self.n_planned or N_TUNED)

    def critical(self, n_sessions: Floats, n_units: Floats) -> Floats:
        """Return the largest normal statistic that is not rejected.

        Parameters
        ----------
        n_sessions, n_units : ndarray of float
            Sessions and units of both variants so far.

        Notes
        -----
        The clock of a sequence is the number of sessions. What is known grows at most as fast, since sessions of one
        user depend on each other, and a clock that runs ahead makes false alarms rarer, never more frequent.
        """
        if self.method == "sequential":
            return self.mixture.critical(n_sessions, self.level, self.alternative)
        if self.method == "group_sequential":
            return self._by_curve(n_units, lambda curve, _units: curve.critical(1 - self.level))
        tail = (1 - self.level) / (2 if self.alternative == "two-sided" else 1)
        return np.full(np.shape(n_units), -ndtri(tail))

    def p_value(self, statistic: Floats, n_sessions: Floats, n_units: Floats) -> Floats:
        """Return p-values of normal statistics, times the number of comparisons; below 1 - confidence exactly above
        the critical value.

        Parameters
        ----------
        statistic : ndarray of float
            Value by error.
        n_sessions, n_units : ndarray of float
            As in `critical`.
        """
        if self.method == "sequential":
            p = self.mixture.p_value(statistic, n_sessions, self.alternative)
        elif self.method == "group_sequential":
            size = {"two-sided": np.abs(statistic), "greater": statistic, "less": -statistic}[self.alternative]
            p = self._by_curve(n_units, lambda curve, same: curve.p_value(size[same]))
        else:
            p = tail_p(statistic, np.inf, self.alternative)
        return np.asarray(np.minimum(p * self.n_comparisons, 1.0))

    @property
    def fractions(self) -> tuple[float, ...]:
        """Information at the planned looks, by that of the planned end."""
        return tuple(look / self.n_looks for look in range(1, self.n_looks + 1))

    def n_over(self, n_units: npt.ArrayLike) -> Floats:
        """Return how many planned looks are over.

        Parameters
        ----------
        n_units : array_like of float
            Units so far; NaN is returned as it is.

        Notes
        -----
        Before the first there is none, and nothing is shown. Until the next one, and after the planned end, the
        boundary of the last one stays: were that of the present information taken, whoever looks every day between
        planned looks would be wrong in up to 8 %, and not in 5 %.
        """
        units = np.asarray(n_units, dtype=np.float64)
        part = units / self.n_planned if self.information is None else units * 0 + self.information
        return np.asarray(np.minimum(np.floor(part * self.n_looks + _NEARLY), self.n_looks))

    def _by_curve(
        self, n_units: Floats, answer: Callable[[SpendingCurve, npt.NDArray[np.bool_]], Floats | float]
    ) -> Floats:
        n_over = self.n_over(n_units)
        found = np.full(n_over.shape, np.nan)
        for look in np.unique(n_over[~np.isnan(n_over)]).tolist():
            same = np.asarray(n_over == look)
            found[same] = answer(spending_curve(self.fractions, int(look), self.alternative != "two-sided"), same)
        return found
