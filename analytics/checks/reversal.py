"""Reversal: whether the total says the same as the members of each dimension do (Simpson's paradox)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.checks.asked import known_before
from analytics.checks.check import Check, Detail, Status, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import listed, p_text, points_text, share_text
from analytics.experiment.correction import holm
from analytics.experiment.gate.reversal import Standardised, standardised_of
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion

NAME, LABEL = "reversal", "Total against its parts"
NEARLY_ALL = 0.9
"""Part of the sessions whose members say the opposite of the total."""


@dataclass(frozen=True, slots=True)
class Split:
    """One treatment against control over the members of one dimension."""

    dimension: str
    variant: str
    numbers: Standardised


def check_reversal(observed: Observed) -> Check:
    """Return whether the mix of members makes the total say something else than its parts.

    Notes
    -----
    The mix must differ by more than chance (`standardised_of`, Holm over dimensions and treatments): where little
    differs in total, chance alone often gives total and parts another sign. It fails where the sign is reversed and
    nearly all members say so, and warns where the mix makes up more than half of what is seen.
    """
    splits = list(_splits(observed))
    if not splits:
        return Check(NAME, LABEL, "unknown", "There is no dimension known before, with conversions under two engines.")
    p_values = holm([_p(split, observed) for split in splits])
    statuses = [_status(split.numbers, float(p)) for split, p in zip(splits, p_values, strict=True)]
    order = sorted(range(len(splits)), key=lambda place: (_ORDER.index(statuses[place]), p_values[place]))
    worst, status, p_value = splits[order[0]], statuses[order[0]], float(p_values[order[0]])
    details = (
        Detail(f"{worst.variant} in total", worst.numbers.raw, "points"),
        Detail(f"{worst.variant} with one mix of {worst.dimension}", worst.numbers.standardised, "points"),
    )
    if status == "passed":
        names = listed(list(dict.fromkeys(split.dimension for split in splits)))
        sentence = f"The mix of {names} is alike enough: no total is turned by it ({p_text(p_value)})."
        return Check(NAME, LABEL, status, sentence, "", p_value, details)
    remedy = f"Read the difference with one mix of {worst.dimension}, and find why engines met another mix."
    return Check(NAME, LABEL, status, _sentence(worst, p_value), remedy, p_value, details)


_ORDER: tuple[Status, ...] = ("failed", "warning", "passed")


def _splits(observed: Observed) -> Iterator[Split]:
    if not observed.has_control:
        return
    control, *treatments = observed.order
    effective = effective_units(observed)
    for dimension in known_before(observed.catalog):
        totals = observed.by_member(dimension.name).totals
        for place, variant in zip(treatments, observed.variants[1:], strict=True):
            one, two = (Proportion(totals[v][:, 1], totals[v][:, 0]) for v in (place, control))
            numbers = standardised_of(one, two, (float(effective[place]), float(effective[control])))
            if numbers.n and one.n_converted.sum() + two.n_converted.sum():
                yield Split(dimension.label, variant, numbers)


def effective_units(observed: Observed) -> Floats:
    """Return for each variant, as in answers, how many independent sessions its sessions are worth."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(observed.units.totals[:, 0] ** 2 / observed.units.products[:, 0, 0])


def _p(split: Split, observed: Observed) -> float:
    return float(observed.looks.chi_squared_p(split.numbers.statistic**2, 1, split.numbers.n))


def _status(numbers: Standardised, p_value: float) -> Status:
    found = status_of(p_value)
    if numbers.is_reversed and numbers.share_against >= NEARLY_ALL:
        return found
    is_large = abs(numbers.raw - numbers.standardised) > abs(numbers.raw) / 2
    return "warning" if found == "failed" and is_large else "passed"


def _sentence(split: Split, p_value: float) -> str:
    numbers = split.numbers
    told = (
        f"{split.variant} differs by {points_text(numbers.raw)} in total, but by {points_text(numbers.standardised)} "
        f"where both engines have one mix of {split.dimension}"
    )
    if not numbers.is_reversed:
        return f"{told}: the mix makes up more than half of what is seen ({p_text(p_value)})."
    against = f"members with {share_text(numbers.share_against)} of the sessions say the opposite"
    return f"{told}: {against} of the total ({p_text(p_value)})."
