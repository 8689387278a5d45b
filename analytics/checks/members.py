"""Members: whether engines have their planned shares within each member of what was known before."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.checks.asked import known_before
from analytics.checks.check import FAILS_BELOW, Check, Detail, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import listed, p_text, share_text
from analytics.experiment.correction import holm
from analytics.experiment.interval import Floats
from semantic.catalog import MISSING

NAME, LABEL = "member_ratios", "Sample ratio by dimension"
_N_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One member of one dimension: its labels and the units of each planned variant, on their first day."""

    dimension: str
    member: str
    counts: Floats


def check_member_ratios(observed: Observed) -> Check:
    """Return whether units come with their planned shares within each member, Holm over all members.

    Notes
    -----
    A unit stands where it was on its first day: whether it comes back elsewhere may be due to the variant.
    """
    cells = list(_cells(observed))
    if not cells or not observed.can_compare:
        sentence = "There is no dimension known before the engine acted, with members under two engines."
        return Check(NAME, LABEL, "unknown", sentence)
    planned = observed.shares[observed.shares > 0]
    p_values = holm(observed.looks.share_p(np.stack([cell.counts for cell in cells]), planned))
    order = np.argsort(p_values, kind="stable")
    worst, p_value = cells[order[0]], float(p_values[order[0]])
    status = status_of(p_value)
    details = tuple(_detail(cells[place], observed) for place in order[:_N_SHOWN])
    dimensions = list(dict.fromkeys(cell.dimension for cell in cells))
    if status == "passed":
        told = f"Within each of {len(cells)} members of {listed(dimensions)} engines have"
        sentence = f"{told} their planned shares ({p_text(p_value)})."
        return Check(NAME, LABEL, status, sentence, "", p_value, details)
    off = [name for name in dimensions if any(_is_off(cells[place], name, p_values[place]) for place in order)]
    also = f" Also off: {listed(off)}." if len(off) > 1 else ""
    remedy = (
        f"Look for what treats {worst.dimension} {worst.member} differently with one engine, such as a redirect or a "
        "late event. Members whose shares are as planned can still be read alone."
    )
    return Check(NAME, LABEL, status, f"{_told(worst, observed)} ({p_text(p_value)}).{also}", remedy, p_value, details)


def _cells(observed: Observed) -> Iterator[Cell]:
    for dimension in known_before(observed.catalog):
        members, counts = observed.by_member(dimension.name).members[dimension.name], observed.newcomers(dimension.name)
        for member, row in zip(members, counts[observed.shares > 0].T, strict=True):
            if member != MISSING and row.sum():
                yield Cell(dimension.label, member, row)


def _is_off(cell: Cell, dimension: str, p_value: float) -> bool:
    return cell.dimension == dimension and p_value < FAILS_BELOW


def _gap(cell: Cell, observed: Observed) -> tuple[str, float, float]:
    """Return the variant that is off most, its share and the planned one."""
    places = np.flatnonzero(observed.shares > 0)
    shares, planned = cell.counts / cell.counts.sum(), observed.shares[places]
    worst = int(np.argmax(np.abs(shares - planned).round(12)[::-1]))
    place = len(places) - 1 - worst
    return observed.variants[places[place]], float(shares[place]), float(planned[place])


def _told(cell: Cell, observed: Observed) -> str:
    name, share, planned = _gap(cell, observed)
    n = f"{cell.counts.sum():,.0f} {observed.unit}s"
    where = f"{cell.dimension} {cell.member}"
    return f"Among {n} with {where}, {name} has {share_text(share)} where {share_text(planned)} were planned"


def _detail(cell: Cell, observed: Observed) -> Detail:
    name, share, _ = _gap(cell, observed)
    return Detail(f"{cell.dimension} {cell.member}, share of {name}", share, "fraction")
