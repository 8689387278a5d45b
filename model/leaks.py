"""Leaks: columns that tell the outcome because they follow from it."""

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate
from model.examples import Examples, Feature, Floats, Whole
from model.report import Leak
from model.scored import Scored
from model.scoring.auc import auc as clustered_auc
from model.split import fold_of

EXACT_AUC = 0.99
NEAR_AUC = 0.80
_FOLDS = 5
_BINS = 64
_PRIOR = 2.0


def find_leaks(examples: Examples, confidence: float) -> tuple[Leak, ...]:
    """Return the features that tell the outcome by themselves, the plainest first.

    Parameters
    ----------
    examples : Examples
        Single sessions.
    confidence : float
        Level of the intervals; a near leak is named where the lower end reaches 0.80.

    Notes
    -----
    A feature's score is the conversion rate of its member or bin (64 of equal size, missing values in one of their
    own) in the other folds, drawn a little to the base rate; folds are by user.
    """
    fold = fold_of(examples, _FOLDS, 0)
    found = [leak for feature in examples.features if (leak := _leak(feature, examples, fold, confidence))]
    return tuple(sorted(found, key=lambda leak: -(leak.auc.value or 0)))


def find_amount_leaks(amounts: Examples, confidence: float) -> tuple[Leak, ...]:
    """Return the amounts, such as revenue, that are above 0 where a session converted and hardly anywhere else.

    Parameters
    ----------
    amounts : Examples
        Single sessions with amounts for features, see `model.reading.read_sessions`.
    confidence : float
        Level of the intervals.
    """
    fold = fold_of(amounts, _FOLDS, 0)
    found = []
    for feature in amounts.features:
        is_paid = np.nan_to_num(amounts.column(feature.name)) > 0
        paid = amounts.rows(is_paid)
        if len(paid) and paid.base_rate >= EXACT_AUC:
            auc = auc_alone(is_paid.astype(np.float64), amounts, fold, confidence)
            why = (
                f"{feature.label} is above 0 in {paid.n_sessions:,} of the sessions learned from, and "
                f"{100 * paid.base_rate:.1f} % of those converted: it is known only afterwards, so no model learns "
                "from it."
            )
            found.append(Leak(feature.name, feature.label, auc, why, True))
    return tuple(found)


def auc_alone(values: Floats, examples: Examples, fold: Whole, confidence: float) -> Estimate:
    """Return the area under the curve of one column alone, cross-fitted and clustered by user.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        Codes or numbers, NaN missing.
    examples : Examples
        Rows with outcome, weight and user.
    fold : ndarray of int
        See `fold_of`.
    confidence : float
        Level of the interval.
    """
    place = _bins(values)
    score = np.empty(len(examples))
    for part in range(_FOLDS):
        is_here = fold == part
        rest = examples.rows(~is_here)
        rate = rest.base_rate if len(rest) else 0.0
        n = np.bincount(place[~is_here], weights=rest.weight, minlength=place.max(initial=0) + 1)
        converted = np.bincount(place[~is_here], weights=rest.weight * rest.y, minlength=len(n))
        score[is_here] = ((converted + _PRIOR * rate) / (n + _PRIOR))[place[is_here]] - rate
    return clustered_auc(Scored.of(examples, score), confidence)


def _leak(feature: Feature, examples: Examples, fold: Whole, confidence: float) -> Leak | None:
    values = examples.column(feature.name)
    auc = auc_alone(values, examples, fold, confidence)
    if auc.value is None or (auc.value < EXACT_AUC and (auc.low or 0.0) < NEAR_AUC):
        return None
    if auc.value < EXACT_AUC:
        return Leak(feature.name, feature.label, auc, _near_sentence(feature, auc), False)
    is_missing = np.isnan(values)
    by_absence = auc_alone(np.where(is_missing, 1.0, 0.0), examples, fold, confidence).value or 0.0
    tells = _present_where(is_missing, examples) if by_absence >= EXACT_AUC else "tells the outcome by itself"
    why = f"{feature.label} {tells} (AUC {auc.value:.3f}): it is the outcome in other words, so no model learns from it"
    return Leak(feature.name, feature.label, auc, f"{why}.", True)


def _near_sentence(feature: Feature, auc: Estimate) -> str:
    return (
        f"{feature.label} alone reaches an AUC of {auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f}): it may follow "
        "from the conversion, and the model may owe most of its quality to it; leave it out of the fields where it is "
        "only known afterwards."
    )


def _present_where(is_missing: npt.NDArray[np.bool_], examples: Examples) -> str:
    present = examples.rows(~is_missing)
    outcome = "converted" if present.base_rate > 0.5 else "did not convert"
    return f"is known only where the session {outcome}"


def _bins(values: Floats) -> Whole:
    """Return each value's bin, of equal size but for ties; missing values have the last one."""
    is_missing = np.isnan(values)
    distinct = np.unique(values[~is_missing])
    if len(distinct) > 4 * _BINS:
        distinct = np.unique(np.quantile(values[~is_missing], np.linspace(0, 1, _BINS + 1)[1:]))
    place = np.searchsorted(distinct, values, side="left")
    return np.where(is_missing, len(distinct), place).astype(np.int64)
