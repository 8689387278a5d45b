"""Allocation: whether the units of variants come with the planned shares (sample ratio mismatch)."""

import numpy as np

from analytics.checks.check import FAILS_BELOW, Check, Detail, Status, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import counted, level_text, listed, p_text, share_text
from analytics.experiment.sample_ratio import sample_ratio_always_valid_p, sample_ratio_p

NAME, LABEL = "sample_ratio", "Sample ratio"
_REMEDY = (
    "Read no effect: what took {unit}s away may have taken those who convert. Look for redirects, crashes, bots, late "
    "events or a changed split with one engine, mend it, and start again."
)


def check_sample_ratio(observed: Observed) -> Check:
    """Return whether the units of planned variants come with their planned shares.

    Notes
    -----
    Pearson's chi-squared decides where there is one planned look, exact evidence (`multinomial_log_e`) where people
    look as often as they like; what the other one says is a warning. The level is 0.001, see docs/methods/validity.md.
    """
    planned = observed.shares > 0
    counts, shares = observed.n_units[planned], observed.shares[planned]
    if not observed.can_compare:
        return Check(NAME, LABEL, "unknown", f"There are no {observed.unit}s of two planned engines to count.")
    looks = observed.looks
    p_one = float(np.nan_to_num(sample_ratio_p(counts, shares), nan=1.0))
    p_every = float(sample_ratio_always_valid_p(counts, shares, looks.strength))
    p_value = p_one if looks.is_one else p_every
    status = status_of(p_value)
    if status == "passed" and min(p_one, p_every) < FAILS_BELOW:
        status = "warning"
    remedy = "" if status == "passed" else _REMEDY.format(unit=observed.unit)
    details = (*_counts(observed), Detail("p at one look", p_one, "p"), Detail("p at every look", p_every, "p"))
    return Check(NAME, LABEL, status, _sentence(observed, status, (p_one, p_every)), remedy, p_value, details)


def _counts(observed: Observed) -> tuple[Detail, ...]:
    total = max(float(observed.n_units.sum()), 1.0)
    rows = zip(observed.variants, observed.n_units.tolist(), observed.shares.tolist(), strict=True)
    found = [
        (
            Detail(f"{name}, {observed.unit}s", n, "count"),
            Detail(f"{name}, share", n / total, "fraction"),
            Detail(f"{name}, planned", share, "fraction"),
        )
        for name, n, share in rows
    ]
    return tuple(detail for row in found for detail in row)


def _sentence(observed: Observed, status: Status, p_values: tuple[float, float]) -> str:
    places = [place for place, share in enumerate(observed.shares) if share > 0]
    total = float(observed.n_units[places].sum())
    gaps = {place: observed.n_units[place] / total - observed.shares[place] for place in places}
    worst = max(places[::-1], key=lambda place: round(abs(gaps[place]), 12))
    name, share, planned = observed.variants[worst], observed.n_units[worst] / total, observed.shares[worst]
    told = f"{name} has {share_text(share)} of {counted(total, observed.unit)} where {share_text(planned)} were planned"
    chance, rule = p_text(p_values[0 if observed.looks.is_one else 1]), level_text(FAILS_BELOW)
    if status == "passed":
        each = listed([f"{observed.variants[place]} {observed.n_units[place]:,.0f}" for place in places])
        return f"{told}, no more off than chance ({chance}): {each}."
    if status == "failed":
        return f"{told}; chance alone is so far off in less than {rule} of experiments ({chance})."
    one, every = map(p_text, p_values)
    return f"{told}; that would be rare at one look ({one}) and is not settled at every look ({every})."
