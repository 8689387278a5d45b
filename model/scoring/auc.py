"""AUC: how often a converted session is scored above another one, with its interval and paired differences."""

import numpy as np

from analytics.estimate import Estimate, estimate
from model.examples import Floats
from model.scored import Scored
from model.scoring.influence import (
    NOTHING,
    Influence,
    clustered_wilson,
    n_users_where,
    on_logit_scale,
    plain,
    small_sample,
    two_sided,
)


def auc_influence(scored: Scored) -> Influence:
    """Return the area under the ROC curve with its influence values.

    Notes
    -----
    The Mann-Whitney statistic, ties count half. The structural component of a conversion is the weighted share of the
    other sessions that are scored below it, that of another session the share of the conversions above it. With M the
    weight of all conversions, the influence of one is ``w (component - AUC) / M``, times sqrt(k / (k - 1)) for the k
    users who have any; the others likewise. Where each user has one row the variance is DeLong's, else that of
    Obuchowski up to the factor of the cross term.

    References
    ----------
    DeLong, E. R., DeLong, D. M., Clarke-Pearson, D. L. (1988). Comparing the areas under two or more correlated
    receiver operating characteristic curves: a nonparametric approach. Biometrics 44, 837-845.

    Obuchowski, N. A. (1997). Nonparametric analysis of clustered ROC curve data. Biometrics 53, 567-578.
    """
    converted, others = scored.converted_at, scored.others_at
    n_converted, n_others = converted.sum(), others.sum()
    if n_converted <= 0 or n_others <= 0:
        return Influence(float("nan"), np.zeros(len(scored)))
    below = (np.cumsum(others) - others / 2) / n_others
    above = 1 - (np.cumsum(converted) - converted / 2) / n_converted
    value = float(converted @ below / n_converted)
    of_converted = (below - value) * small_sample(n_users_where(scored, scored.y)) / n_converted
    of_others = (above - value) * small_sample(n_users_where(scored, 1 - scored.y)) / n_others
    rows = np.where(scored.y == 1, of_converted[scored.level], of_others[scored.level])
    return Influence(value, scored.weight * rows)


def auc(scored: Scored, confidence: float) -> Estimate:
    """Return the area under the ROC curve with its interval on the logit scale, clustered by user.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Estimate
        Without value where only one outcome occurs. Where the value is 0 or 1 the interval is Wilson's on the users of
        the rarer outcome.

    Examples
    --------
    >>> rows = Scored(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0.0, 0, 1, 1]), np.ones(4), np.arange(4))
    >>> auc(rows, 0.95).value
    0.75
    """
    found = auc_influence(scored)
    if np.isnan(found.value):
        return NOTHING
    if 0 < found.value < 1:
        return on_logit_scale(found, scored, confidence)
    rarer = min(n_users_where(scored, scored.y), n_users_where(scored, 1 - scored.y))
    interval = clustered_wilson(np.asarray(found.value), np.asarray(float(rarer)), confidence)
    return estimate(interval, scored.n_sessions)


def auc_difference(one: Scored, other: Scored, confidence: float) -> tuple[Estimate, float]:
    """Return the AUC of one less that of the other on the same rows, and its two-sided p-value."""
    return paired_difference(one, (auc_influence(one), auc_influence(other)), confidence)


def paired_difference(scored: Scored, pair: tuple[Influence, Influence], confidence: float) -> tuple[Estimate, float]:
    """Return the first number less the second one, and its two-sided p-value, paired by user.

    Parameters
    ----------
    scored : Scored
        The rows of both.
    pair : (Influence, Influence)
        Two numbers from these rows.
    confidence : float
        Two-sided level in (0, 1).
    """
    one, other = pair
    difference = Influence(one.value - other.value, _less(one.rows, other.rows))
    return plain(difference, scored, confidence), two_sided(difference.value, difference.standard_error(scored))


def _less(one: Floats, other: Floats) -> Floats:
    if len(one) != len(other):
        raise ValueError("Paired numbers come from the same rows.")
    return one - other
