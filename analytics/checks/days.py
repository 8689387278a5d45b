"""Days: whether whole weeks were seen, and whether data is still arriving or lacks days."""

from datetime import date

import numpy as np

from analytics.checks.asked import ALL_DAYS, DAYS
from analytics.checks.check import Check
from analytics.checks.observed import Observed
from analytics.checks.words import counted, listed, share_text
from analytics.experiment.interval import Floats
from semantic.catalog import DAY, MISSING, N_SESSIONS

WEEK = 7
_LEAST_EXPECTED, _HALF = 20, 0.5
_WEEK_LABEL, _ARRIVAL_LABEL = "A whole week", "All days arrived"


def check_week(observed: Observed) -> Check:
    """Return whether the sessions kept span a whole week: weekdays differ in who comes."""
    name = "week"
    if DAYS not in observed.answers:
        return Check(name, _WEEK_LABEL, "unknown", "The data names no time, so how long it ran is not known.")
    days, counts = _sessions_by_day(observed, DAYS)
    seen = np.flatnonzero(counts)
    if not seen.size:
        return Check(name, _WEEK_LABEL, "unknown", "No session is left.")
    n_days = int(seen[-1] - seen[0]) + 1
    span = f"{counted(n_days, 'day')} from {days[seen[0]]}"
    if n_days < WEEK:
        remedy = "Let it run for a whole week at least: an effect on working days need not be one on Sundays."
        return Check(name, _WEEK_LABEL, "warning", f"Sessions span {span}, less than a week.", remedy)
    return Check(name, _WEEK_LABEL, "passed", f"Sessions span {span}, so each weekday is in it.")


def check_arrival(observed: Observed) -> Check:
    """Return whether the last day is whole and no day in between is empty, over all sessions.

    Notes
    -----
    A day is compared with the same weekday a week before, or with the median day where there is none; days on which
    fewer than 20 sessions are expected are not judged. Half of what is expected, or less, counts as not yet whole.
    """
    name = "arrival"
    if ALL_DAYS not in observed.answers:
        return Check(name, _ARRIVAL_LABEL, "unknown", "The data names no time, so whether days lack is not known.")
    days, counts = _sessions_by_day(observed, ALL_DAYS)
    seen = np.flatnonzero(counts)
    if seen.size < 2:
        return Check(name, _ARRIVAL_LABEL, "unknown", "Sessions came on fewer than two days.")
    days, counts = days[seen[0] : seen[-1] + 1], counts[seen[0] : seen[-1] + 1]
    usual = float(np.median(counts[counts > 0]))
    expected = float(counts[-1 - WEEK]) if counts.size > WEEK and counts[-1 - WEEK] else usual
    empty = [days[place] for place in np.flatnonzero(counts == 0)] if usual >= _LEAST_EXPECTED else []
    if empty:
        told = f"{listed(empty[:3])}{' and others' if len(empty) > 3 else ''}"
        sentence = f"{counted(len(empty), 'day')} without a session ({told}), where {usual:,.0f} came on a usual day."
        return Check(name, _ARRIVAL_LABEL, "warning", sentence, "Load the days that lack, or start after them.")
    if expected >= _LEAST_EXPECTED and counts[-1] <= _HALF * expected:
        part = share_text(counts[-1] / expected)
        told = f"The last day, {days[-1]}, has {counts[-1]:,.0f} sessions, {part} of what was expected"
        remedy = "Leave the last day out, or wait until it has arrived: late conversions may lack with either engine."
        return Check(name, _ARRIVAL_LABEL, "warning", f"{told}: it may not be whole.", remedy)
    return Check(name, _ARRIVAL_LABEL, "passed", f"No day lacks, and the last one, {days[-1]}, is whole.")


def _sessions_by_day(observed: Observed, query: str) -> tuple[list[str], Floats]:
    """Return the days since the experiment began, and their sessions."""
    answer, since = observed.answers[query], observed.catalog.experiment.started_on or date.min
    rows = zip(answer.members[DAY], answer[N_SESSIONS].tolist(), strict=True)
    kept = [(day, n) for day, n in rows if day != MISSING and date.fromisoformat(day) >= since]
    return [day for day, _ in kept], np.array([n for _, n in kept])
