"""Crossed: users who were under more than one variant, and sessions whose user is not known."""

from analytics.checks.asked import has_users
from analytics.checks.check import Check, Detail, Status
from analytics.checks.observed import Observed
from analytics.checks.words import counted, level_text, share_text

NAME, LABEL = "crossed_users", "Users under two engines"
WARNS_ABOVE, FAILS_ABOVE = 0.001, 0.05
"""Share of the users: the effect that is seen is smaller than the true one by about as much."""
UNKNOWN_ABOVE = 0.01
"""Share of the sessions without a user."""


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


def check_known_users(observed: Observed) -> Check:
    """Return in how many sessions the user is not known.

    Notes
    -----
    Such a session is a unit of its own: whether its user came before, and with which variant, cannot be seen.
    """
    name, label = "known_users", "Users known"
    if not has_users(observed.catalog):
        sentence = "The data names no users: each session counts as a unit, though a user may have several."
        return Check(name, label, "unknown", sentence, "Name the column of users as fields.user_id in config.yaml.")
    n_alone, n_sessions = float(observed.units.n_without_user), float(observed.units.totals[..., 0].sum())
    share = n_alone / n_sessions if n_sessions else 0.0
    details = (Detail("Sessions without a user", n_alone, "count"), Detail("of all sessions", share, "fraction"))
    if not n_alone:
        return Check(name, label, "passed", "The user of every session is known.", details=details)
    told = f"{counted(n_alone, 'session')} of {n_sessions:,.0f} ({share_text(share)}) have no user"
    if share <= UNKNOWN_ABOVE:
        rule = level_text(UNKNOWN_ABOVE)
        return Check(name, label, "passed", f"{told}, too few to matter (up to {rule}).", "", None, details)
    sentence = f"{told}, above {level_text(UNKNOWN_ABOVE)}: each counts as a user of its own, which most are not."
    remedy = "Log the user of each session, or leave sessions without one out: fields.user_id.missing: quarantine."
    return Check(name, label, "warning", sentence, remedy, None, details)
