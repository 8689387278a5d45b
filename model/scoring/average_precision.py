"""Average precision: the area under the precision-recall curve, with its interval."""

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
    small_sample,
)


def pr_auc_influence(scored: Scored) -> Influence:
    """Return average precision with its influence values.

    Notes
    -----
    Average precision is the mean over conversions of A / (A + B), where A and B are the weights of conversions and of
    others scored at least as high. Its derivative by the weight of a row is closed: a conversion adds its own precision
    less the mean, and raises that of all conversions scored at most as high by B / (A + B)²; another session lowers
    them by A / (A + B)².

    References
    ----------
    Boyd, K., Eng, K. H., Page, C. D. (2013). Area under the precision-recall curve: point estimates and confidence
    intervals. ECML PKDD, 451-466.
    """
    converted, others = scored.converted_at, scored.others_at
    n_converted = converted.sum()
    if n_converted <= 0:
        return Influence(float("nan"), np.zeros(len(scored)))
    above, others_above = _from_above(converted), _from_above(others)
    reached = np.maximum(above + others_above, np.finfo(np.float64).tiny)
    precision = above / reached
    value = float(converted @ precision / n_converted)
    gained = np.cumsum(converted * others_above / reached**2)
    lost = np.cumsum(converted * above / reached**2)
    by_level = np.where(scored.y == 1, (precision - value + gained)[scored.level], -lost[scored.level])
    factor = np.where(scored.y == 1, *(small_sample(n_users_where(scored, y)) for y in (scored.y, 1 - scored.y)))
    return Influence(value, _known(scored.weight * factor * by_level / n_converted))


def pr_auc(scored: Scored, confidence: float) -> Estimate:
    """Return average precision with its interval on the logit scale, clustered by user.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Estimate
        Without value where nothing converted; Wilson's interval on the users who converted where the value is 1.
    """
    found = pr_auc_influence(scored)
    if np.isnan(found.value):
        return NOTHING
    if found.value < 1:
        return on_logit_scale(found, scored, confidence)
    users = float(n_users_where(scored, scored.y))
    return estimate(clustered_wilson(np.asarray(found.value), np.asarray(users), confidence), scored.n_sessions)


def _from_above(values: Floats) -> Floats:
    return np.cumsum(values[::-1])[::-1]


def _known(rows: Floats) -> Floats:
    """Return rows as they are, or NaN in all where one user alone has all conversions."""
    return rows if np.isfinite(rows).all() else np.full_like(rows, np.nan)
