"""Withheld: what the page does not show, and why."""

from dashboard.sheets.blocks import Block, cell, paragraph, rows_of
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.calibration import CALIBRATION
from dashboard.sheets.model.curves import CURVES
from dashboard.sheets.model.dependence import DEPENDENCE
from dashboard.sheets.model.effects import EFFECTS
from dashboard.sheets.model.importance import IMPORTANCE
from dashboard.sheets.model.policy import POLICY
from dashboard.sheets.model.segments import SEGMENTS
from dashboard.sheets.model.shown import TASK, shown_of
from dashboard.sheets.model.threshold import THRESHOLDS
from dashboard.sheets.model.uplift import UPLIFT
from dashboard.sheets.sheet import Sheet
from dashboard.table import Column, Table

GATED: tuple[Sheet, ...] = (
    CURVES,
    CALIBRATION,
    THRESHOLDS,
    IMPORTANCE,
    DEPENDENCE,
    SEGMENTS,
    UPLIFT,
    EFFECTS,
    POLICY,
)
_NOTHING = "Nothing is withheld."


def _rows(facts: Facts) -> tuple[tuple[str, str], ...]:
    if isinstance(shown_of(facts), str):
        return ()
    return tuple((sheet.title, sheet.summary(facts)) for sheet in GATED if sheet.is_absent(facts))


def _blocks(facts: Facts) -> list[Block]:
    reasons = dict.fromkeys(why for _, why in _rows(facts))
    titles = {why: [title for title, own in _rows(facts) if own == why] for why in reasons}
    rows = [[cell(why, is_wide=True), cell(" · ".join(titles[why]), is_wide=True)] for why in reasons]
    return [paragraph(summary(facts)), rows_of("What is not shown", ("Why", "Cards"), rows)]


def _table(facts: Facts) -> Table:
    return Table((Column("card", "Card"), Column("why", "Why")), _rows(facts))


def summary(facts: Facts) -> str:
    """Return how much is withheld; that nothing is, where all is told."""
    n = len(_rows(facts))
    because = "because they would claim what this data does not bear"
    return f"{n} of {len(GATED)} cards are not shown, {because}." if n else _NOTHING


def _is_absent(facts: Facts) -> bool:
    return not _rows(facts)


WITHHELD = Sheet(
    "model-withheld",
    "What is not shown, and why",
    _blocks,
    _table,
    summary,
    page="model",
    choices=(TASK,),
    is_absent=_is_absent,
    help="Without a signal a model still has importances, curves and a best threshold: those of noise.",
)
