"""Engines: whether control and a treatment are there, and no engine that was not planned."""

from analytics.checks.check import Check
from analytics.checks.observed import Observed
from analytics.checks.words import counted, listed

NAME, LABEL = "engines", "Engines compared"


def check_engines(observed: Observed) -> Check:
    """Return whether control and another variant have units, and all that do were planned."""
    seen = [name for name, n in zip(observed.variants, observed.n_units, strict=True) if n > 0]
    if not seen:
        return Check(NAME, LABEL, "unknown", f"No {observed.unit} is left.", "Widen the filter.")
    if observed.control not in seen:
        remedy = "Name the engine that others are compared with as control in config.yaml, or widen the filter."
        return Check(NAME, LABEL, "failed", f"Control, {observed.control}, has no {observed.unit}s.", remedy)
    if len(seen) < 2:
        sentence = f"There is one engine alone, {seen[0]}: nothing to compare it with."
        return Check(NAME, LABEL, "failed", sentence, "Load sessions of a second engine, or widen the filter.")
    named = {name for name, _ in observed.catalog.experiment.shares}
    strange = [name for name in seen if named and name not in named]
    if strange:
        sentence = f"{listed(strange)} was not planned and yet has {observed.unit}s; no share of it can be checked."
        remedy = "Add it to experiment.shares in config.yaml, or find where its sessions come from."
        return Check(NAME, LABEL, "warning", sentence, remedy)
    absent = sorted(named - set(seen))
    if absent:
        sentence = f"{listed(absent)} was planned and has no {observed.unit}s."
        return Check(
            NAME, LABEL, "warning", sentence, "Correct experiment.shares in config.yaml, or find its sessions."
        )
    sizes = dict(zip(observed.variants, observed.n_units, strict=True))
    told = listed([f"{name} with {counted(sizes[name], observed.unit)}" for name in seen])
    return Check(NAME, LABEL, "passed", f"{told} can be compared.")
