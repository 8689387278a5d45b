"""Drift: whether engines keep their shares of new units from day to day."""

import numpy as np

from analytics.checks.asked import FIRST_DAYS
from analytics.checks.check import Check, Detail, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import p_text, share_text
from analytics.experiment.gate.drift import WEEK, drift_of
from analytics.experiment.interval import Floats
from semantic.catalog import MISSING
from semantic.units import FIRST_DAY

NAME, LABEL = "drift", "Shares over time"
_REMEDY = (
    "Compare within the days on which shares were the same: where shares and rates both move, the total is wrong even "
    "if every day is right. A planned ramp is such a change."
)


def check_drift(observed: Observed) -> Check:
    """Return whether engines have the same shares of new units on all days; see `drift_of`."""
    if FIRST_DAYS not in observed.answers:
        remedy = "Name the column of the time as fields.started_at in config.yaml."
        return Check(NAME, LABEL, "unknown", "The data names no time, so shares over days are not known.", remedy)
    days, counts = _by_day(observed)
    if not observed.can_compare or len(days) < 2:
        return Check(NAME, LABEL, "unknown", f"New {observed.unit}s of two engines came on fewer than two days.")
    drift = drift_of(counts, observed.shares[observed.shares > 0], observed.looks)
    status = status_of(drift.p_value)
    details = (
        Detail("p, days", drift.by_day, "p"),
        Detail("p, weeks", drift.by_week, "p"),
        Detail("p, trend", drift.trend, "p"),
    )
    if status == "passed":
        told = f"Engines kept their shares of new {observed.unit}s over {len(days)} days ({p_text(drift.p_value)})."
        return Check(NAME, LABEL, status, told, "", drift.p_value, details)
    told = f"{_told(days, counts, observed)} ({p_text(drift.p_value)})."
    return Check(NAME, LABEL, status, told, _REMEDY, drift.p_value, details)


def _by_day(observed: Observed) -> tuple[list[str], Floats]:
    """Return the days from the first to the last that new units came on, and their units of planned variants."""
    answer = observed.answers[FIRST_DAYS]
    places = np.array(observed.order)[observed.shares > 0]
    is_day = np.array([member != MISSING for member in answer.members[FIRST_DAY]], dtype=bool)
    counts = answer.n[places][:, is_day].T
    kept = np.flatnonzero(counts.sum(axis=1))
    span = slice(kept[0], kept[-1] + 1) if kept.size else slice(0, 0)
    return [day for day in answer.members[FIRST_DAY] if day != MISSING][span], counts[span]


def _told(days: list[str], counts: Floats, observed: Observed) -> str:
    """Return which week, or day of a short run, is off most."""
    step = WEEK if len(days) > 2 * WEEK else 1
    parts = np.add.reduceat(counts, np.arange(0, len(days), step), axis=0)
    pooled, n = counts.sum(axis=0) / counts.sum(), parts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.nan_to_num(np.abs(parts - n * pooled) / np.sqrt(n * pooled * (1 - pooled)))
    part, place = (int(index) for index in np.unravel_index(int(np.argmax(off.round(9)[:, ::-1])), off.shape))
    place = off.shape[1] - 1 - place
    name = [name for name, share in zip(observed.variants, observed.shares, strict=True) if share > 0][place]
    when = f"{'in the week ' if step == WEEK else ''}from {days[part * step]}" if step == WEEK else f"on {days[part]}"
    share = parts[part, place] / n[part, 0]
    return f"{name} had {share_text(share)} of new {observed.unit}s {when}, {share_text(pooled[place])} over all days"
