"""Verdict: signal, no useful signal or undetermined, from both tests, with what could have been seen."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from analytics.estimate import Estimate
from model.examples import Examples, Whole
from model.report import Signal, Verdict
from model.sampling import some_users
from model.signal.effects import SHARE_SMOOTH, Effects, find_effects
from model.signal.folds import CrossFitted, cross_fit
from model.signal.mixture import noncentrality_at, quantile

LEVEL = 0.01
USEFUL_AUC = 0.52
POWER = 0.8
MOST_ROWS, MOST_ROWS_OF_TREES = 1_000_000, 100_000
_N_TESTS = 2
_USUAL_NONCENTRALITY = 30.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict follows from.

    Attributes
    ----------
    examples : Examples
        What was looked at.
    effects, cross_fitted : Effects, CrossFitted
        What both tests found.
    confidence : float
        Two-sided level of the AUC's interval.
    """

    examples: Examples
    effects: Effects
    cross_fitted: CrossFitted
    confidence: float

    @property
    def p_value(self) -> float:
        """The smaller one of both, after Bonferroni."""
        return min(1.0, _N_TESTS * min(self.effects.p_value, self.cross_fitted.p_value))

    @property
    def is_significant(self) -> bool:
        """Whether either test speaks at 1 % for both together."""
        return self.p_value < LEVEL

    @property
    def auc(self) -> Estimate:
        """Cross-fitted; while nothing shows, the end above is at least what the effects leave possible."""
        found, n = self.cross_fitted, self.examples.n_sessions
        if np.isnan(found.auc):
            return Estimate(None, None, None, n)
        half = found.half_width(self.confidence) * (1 if self.is_significant else np.sqrt(2))
        high = found.auc + half if self.is_significant else max(found.auc + half, self._possible())
        return Estimate(found.auc, float(max(found.auc - half, 0.0)), float(min(high, 1.0)), n)

    @property
    def detectable_auc(self) -> float:
        """AUC that the effects' test would have shown with a power of 0.8."""
        main = self.effects.main
        if main is None:
            return 1.0
        critical = quantile(SHARE_SMOOTH * LEVEL / _N_TESTS, main.weights)
        return auc_of(noncentrality_at(critical, main.weights, POWER) * main.spread)

    @property
    def n_needed(self) -> int:
        """Sessions with which an AUC of .52 would show, or be ruled out where nothing has an effect."""
        n, rate = self.examples.n_sessions, self.examples.base_rate
        if self.effects.main is None:
            return _rounded_up(_USUAL_NONCENTRALITY / (rate * (1 - rate) * spread_of(USEFUL_AUC)))
        for_effects = n * spread_of(self.detectable_auc) / spread_of(USEFUL_AUC)
        half = self.cross_fitted.half_width(self.confidence) * np.sqrt(2)
        for_trees = 0.0 if np.isnan(half) else n * (half / (USEFUL_AUC - 0.5)) ** 2
        needed = max(for_effects, for_trees)
        return _rounded_up(needed if needed > n else 2 * n)

    def _possible(self) -> float:
        main = self.effects.main
        if main is None:
            return 1.0
        return auc_of(noncentrality_at(main.value, main.weights, (1 + self.confidence) / 2) * main.spread)


def auc_of(spread: float) -> float:
    """Return the AUC of log odds that are normal with a given variance.

    Examples
    --------
    >>> round(auc_of(spread_of(0.52)), 6)
    0.52
    """
    return float(ndtr(np.sqrt(spread / 2)))


def spread_of(auc: float) -> float:
    """Return the variance of the log odds that gives an AUC."""
    return float(2 * ndtri(auc) ** 2)


def find_signal(examples: Examples, fold: Whole, confidence: float, seed: int) -> Signal:
    """Return whether anything in the features tells who converts.

    Parameters
    ----------
    examples : Examples
        What models learn from, with both outcomes.
    fold : ndarray of int, shape (n,)
        Fold of each row from 0 on, users as a whole.
    confidence : float
        Two-sided level of the AUC's interval.
    seed : int
        Of the trees, and of the users that are drawn where there are more than a million rows.

    Notes
    -----
    See docs/methods/signal.md.
    """
    drawn = some_users(examples, MOST_ROWS, seed)
    looked_at = examples.rows(drawn)
    effects = find_effects(looked_at)
    few = some_users(looked_at, MOST_ROWS_OF_TREES, seed)
    trees = cross_fit(looked_at.rows(few), fold[drawn][few], seed)
    evidence = Evidence(looked_at, effects, trees, confidence)
    return _as_signal(evidence)


def _as_signal(evidence: Evidence) -> Signal:
    auc = evidence.auc
    is_useless = auc.high is not None and auc.high < USEFUL_AUC
    verdict: Verdict = "signal" if evidence.is_significant else "no useful signal" if is_useless else "undetermined"
    return Signal(
        verdict=verdict,
        sentence=_SENTENCES[verdict](evidence),
        auc=auc,
        p_likelihood_ratio=evidence.effects.p_value,
        p_cross_fitted=evidence.cross_fitted.p_value,
        p_value=evidence.p_value,
        detectable_auc=evidence.detectable_auc,
        n_needed=evidence.n_needed if verdict == "undetermined" else None,
    )


def _known(examples: Examples) -> str:
    return "known of a visit" if any(f.is_post_treatment for f in examples.features) else "known on arrival"


def _signal(evidence: Evidence) -> str:
    auc = evidence.auc
    told = f"What is {_known(evidence.examples)} tells who converts"
    if auc.value is None:
        return f"{told}."
    return f"{told}: AUC {auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f}), where 0.5 is guessing."


def _no_useful_signal(evidence: Evidence) -> str:
    return (
        f"Nothing {_known(evidence.examples)} tells who converts: an effect as strong as AUC "
        f"{_up(evidence.detectable_auc)} would have been seen."
    )


def _undetermined(evidence: Evidence) -> str:
    n, high = evidence.examples.n_sessions, evidence.auc.high
    limit = "" if high is None or high >= 1 else f", and an effect up to AUC {_up(high)} is possible"
    return (
        f"Whether anything {_known(evidence.examples)} tells who converts is open: nothing shows in {n:,} "
        f"sessions{limit}. About {evidence.n_needed:,} sessions would settle it."
    )


def _up(value: float) -> str:
    return f"{np.ceil(value * 1000 - 1e-9) / 1000:.3f}"


def _rounded_up(n: float) -> int:
    unit = 10 ** max(int(np.log10(n)) - 1, 0)
    return int(np.ceil(n / unit) * unit)


_SENTENCES = {"signal": _signal, "no useful signal": _no_useful_signal, "undetermined": _undetermined}
