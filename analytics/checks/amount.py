"""Amount: whether there is enough data for intervals that hold."""

import numpy as np

from analytics.checks.check import Check, Detail
from analytics.checks.observed import Observed
from analytics.checks.words import counted

NAME, LABEL = "amount", "Enough data"
LEAST_UNITS, LEAST_CONVERSIONS = 100, 25
"""Of each variant; normal and sequential intervals are approximate below."""


def check_amount(observed: Observed) -> Check:
    """Return whether each variant has enough units, and conversions to expect.

    Notes
    -----
    Conversions to expect are the rate of all variants together times the units of one, so that the check does not
    depend on which variant converts better.
    """
    if not observed.can_compare:
        return Check(NAME, LABEL, "unknown", f"There are no {observed.unit}s of two planned engines.")
    kept = observed.n_units > 0
    n = observed.n_units[kept]
    expected = observed.n_converted / n.sum() * n
    names = [name for name, is_kept in zip(observed.variants, kept, strict=True) if is_kept]
    place = int(np.argmin(n))
    conversions = counted(expected[place], "conversion")
    told = f"{names[place]} has {counted(n[place], observed.unit)} and {conversions} to expect"
    details = (
        Detail("Fewest units", float(n[place]), "count"),
        Detail("Conversions to expect", float(expected[place]), "number"),
    )
    rule = f"{LEAST_UNITS} {observed.unit}s and {LEAST_CONVERSIONS} conversions of each engine"
    if n[place] >= LEAST_UNITS and expected[place] >= LEAST_CONVERSIONS:
        return Check(NAME, LABEL, "passed", f"{told}, above the {rule} that are needed.", details=details)
    remedy = "Wait for more; until then intervals are approximate and effects are small against chance."
    return Check(NAME, LABEL, "warning", f"{told}; at least {rule} are needed.", remedy, None, details)
