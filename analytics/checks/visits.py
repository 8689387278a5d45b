"""Visits: whether users of one engine come more often, which rates per session must not be read past."""

import numpy as np

from analytics.checks.asked import has_users
from analytics.checks.check import WARNS_BELOW, Check, Detail
from analytics.checks.observed import Observed
from analytics.checks.words import p_text
from analytics.experiment.correction import holm
from analytics.experiment.effect import difference_of
from analytics.experiment.statistic import Moments, mean_of

NAME, LABEL = "visits", "Sessions a user"


def check_visits(observed: Observed) -> Check:
    """Return whether users of all variants come equally often.

    Notes
    -----
    Welch's test of sessions a user, each treatment against control, Holm over the treatments. Where they differ, a rate
    per session divides by something that the engine changed. It is an effect and no fault, so it only warns.
    """
    if not has_users(observed.catalog):
        return Check(NAME, LABEL, "unknown", "The data names no users, so how often each comes is not known.")
    answer, order = observed.units, observed.order
    if not observed.has_control or len(order) < 2 or answer.n[order].min() < 2:
        return Check(NAME, LABEL, "unknown", "Fewer than two users of some engine came.")
    moments = Moments(answer.n[order], answer.totals[order], answer.products[order]).leading(1)
    points = mean_of(moments)
    means = points.value
    if not (points.variance > 0).any():
        return Check(NAME, LABEL, "passed", f"All users came {_times(means[0])}.")
    one = Moments(moments.n[1:], moments.totals[1:], moments.products[1:])
    two = Moments(moments.n[0], moments.totals[0], moments.products[0])
    effect = difference_of(mean_of(one), mean_of(two))
    n = moments.n[1:] + moments.n[0]
    single = effect.p_value() if observed.looks.is_one else observed.looks.chi_squared_p(effect.statistic**2, 1, n)
    p_values = holm(np.nan_to_num(single, nan=1.0))
    worst = int(np.argmin(p_values))
    p_value, name = float(p_values[worst]), observed.variants[1 + worst]
    told = f"{means[1 + worst]:,.3f} times with {name}, {means[0]:,.3f} with {observed.control} ({p_text(p_value)})"
    details = tuple(
        Detail(f"{v}, sessions a user", float(m), "number") for v, m in zip(observed.variants, means, strict=True)
    )
    if p_value >= WARNS_BELOW:
        return Check(NAME, LABEL, "passed", f"Users came equally often: {told}.", "", p_value, details)
    remedy = "Decide by a metric per user, such as users who convert: the engine changed how many sessions there are."
    return Check(NAME, LABEL, "warning", f"Users came {told}.", remedy, p_value, details)


def _times(n: float) -> str:
    return "once" if n == 1 else f"{n:,.0f} times"
