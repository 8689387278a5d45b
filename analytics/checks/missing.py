"""Missing: whether a field is missing more often under one engine."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.checks.asked import is_late, looked_at
from analytics.checks.check import Check, Detail, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import counted, p_text, share_text
from analytics.experiment.correction import holm
from analytics.experiment.gate.missing import Lack, lack_of
from semantic.catalog import MISSING

NAME, LABEL = "missing", "Missing values"


@dataclass(frozen=True, slots=True)
class Field:
    """One field under one treatment and control."""

    label: str
    variant: str
    is_late: bool
    lack: Lack


def check_missing(observed: Observed) -> Check:
    """Return whether fields are missing equally often under each variant.

    Notes
    -----
    Sessions in which it is missing by all sessions, each treatment against control (`lack_of`), Holm over fields and
    treatments. What is measured after the engine acted can only warn: it may be missing as a consequence.
    """
    fields = list(_fields(observed))
    if not fields:
        sentence = f"No field is missing in any session of {counted(len(looked_at(observed.catalog)), 'field')}."
        return Check(NAME, LABEL, "passed" if observed.can_compare else "unknown", sentence)
    p_values = holm([float(observed.looks.chi_squared_p(f.lack.statistic**2, 1, f.lack.n)) for f in fields])
    worst = int(np.argmin(p_values))
    field, p_value = fields[worst], float(p_values[worst])
    status = status_of(p_value)
    status = "warning" if status == "failed" and field.is_late else status
    shares = tuple(map(share_text, (field.lack.share, field.lack.share_control)))
    by_engine = f"{shares[0]} of sessions with {field.variant}, in {shares[1]} with {observed.control}"
    told = f"{field.label} is missing in {by_engine}"
    details = tuple(
        Detail(f"{f.label}, {name}", share, "fraction")
        for f in fields
        for name, share in ((f.variant, f.lack.share), (observed.control, f.lack.share_control))
    )
    if status == "passed":
        return Check(
            NAME, LABEL, status, f"Fields are missing alike ({p_text(p_value)}); {told}.", "", p_value, details
        )
    remedy = f"Mend the logging of {field.label} before comparing by it: sessions that lack it are not like the others."
    return Check(NAME, LABEL, status, f"{told} ({p_text(p_value)}).", remedy, p_value, details)


def _fields(observed: Observed) -> Iterator[Field]:
    if not observed.has_control:
        return
    control, *treatments = observed.order
    of_all = (observed.units.totals[:, 0], observed.units.products[:, 0, 0])
    for dimension in looked_at(observed.catalog):
        answer = observed.by_member(dimension.name)
        members = answer.members[dimension.name]
        if MISSING not in members:
            continue
        place = members.index(MISSING)
        lacking = (answer.totals[:, place, 0], answer.products[:, place, 0, 0])
        for treatment, variant in zip(treatments, observed.variants[1:], strict=True):
            lack = lack_of(*(part[[treatment, control]] for part in (*lacking, *of_all)))
            if lack.share + lack.share_control > 0:
                yield Field(dimension.label, variant, is_late(dimension), lack)
