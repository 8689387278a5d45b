"""Crossed: users who were under more than one variant."""

from analytics.checks.asked import has_users
from analytics.checks.check import Check, Detail, Status
from analytics.checks.observed import Observed
from analytics.checks.words import counted, level_text, share_text

NAME, LABEL = "crossed_users", "Users under two engines"
WARNS_ABOVE, FAILS_ABOVE = 0.001, 0.05
"""Share of the users: the effect that is seen is smaller than the true one by about as much."""


def check_crossed_users(observed: Observed) -> Check:
    """Return how many users were under more than one variant.

    Notes
    -----
    Such a user counts under each of his variants. He dilutes the difference between them by about his share of all, and
    his two halves are not independent.
    """
    if not has_users(observed.catalog):
        remedy = "Name the column of users as fields.user_id in config.yaml."
        return Check(NAME, LABEL, "unknown", "The data names no users, so nobody can be seen twice.", remedy)
    n_crossed = float(observed.units.n_crossed)
    n_users = max(float(observed.n_units.sum()) - n_crossed, 0.0)
    share = n_crossed / n_users if n_users else 0.0
    status: Status = "failed" if share > FAILS_ABOVE else "warning" if share > WARNS_ABOVE else "passed"
    details = (Detail("Users under two engines", n_crossed, "count"), Detail("of all users", share, "fraction"))
    if not n_crossed:
        return Check(NAME, LABEL, "passed", f"No user of {n_users:,.0f} was under two engines.", details=details)
    told = f"{counted(n_crossed, 'user')} of {n_users:,.0f} ({share_text(share)}) were under two engines"
    if status == "passed":
        return Check(
            NAME, LABEL, status, f"{told}, too few to matter (up to {level_text(WARNS_ABOVE)}).", "", None, details
        )
    rule = level_text(FAILS_ABOVE if status == "failed" else WARNS_ABOVE)
    sentence = f"{told}, above {rule}: their two halves blur the difference by about as much."
    remedy = (
        "Keep each user with the engine seen first: cleaning.users_in_two_variants: first in config.yaml, then load "
        "again. If engines are drawn by session and not by user, leave out fields.user_id."
    )
    return Check(NAME, LABEL, status, sentence, remedy, None, details)
