"""The headline of the predict page: the chance in words, and what was seen of sessions like this one."""

from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.shown import TASK
from dashboard.sheets.predict.asked import Asked, asked_of
from dashboard.sheets.predict.words import observed, rate_of
from dashboard.sheets.sheet import Sheet
from dashboard.table import Column, Table
from model.prediction import Prediction

_COLUMNS = (
    Column("attribute", "Attribute"),
    Column("value", "Value"),
    Column("is_usual", "Left as usual", "text", "yes where nothing was chosen."),
)
_WHY = {
    "no useful signal": "nothing that is known of a visit tells whether it converts",
    "undetermined": "whether anything tells who converts is not settled yet",
}


def headline(facts: Facts) -> str:
    """Return the chance in a sentence, or why there is none."""
    asked = asked_of(facts)
    return asked if isinstance(asked, str) else _chance(asked)


def _chance(asked: Asked) -> str:
    found, write = asked.prediction, asked.write
    base = write.value(found.base_rate.value, "fraction")
    if found.is_withheld:
        return f"{base} chance to convert, as for everybody: {_WHY.get(asked.task.signal.verdict, 'it is withheld')}."
    return f"{write.rate(found.probability)} chance to convert, {_against(found)} the {base} of all sessions."


def _against(found: Prediction) -> str:
    """Return how sessions like this one compare with all, as far as both intervals tell."""
    base = found.base_rate
    if None in (found.low, found.high, base.low, base.high):
        return "beside"
    if (found.low or 0.0) > (base.high or 0.0):
        return "more than"
    return "less than" if (found.high or 0.0) < (base.low or 0.0) else "not told apart from"


def summary(facts: Facts) -> str:
    """Return what was seen of sessions like this one and of all, and how current the model is."""
    asked = asked_of(facts)
    if isinstance(asked, str):
        return ""
    found, write, status = asked.prediction, asked.write, facts.model.status
    seen = "" if found.is_withheld else observed(found, write)
    said = [
        f"{seen[:1].upper()}{seen[1:]}; all" if seen else "All",
        f"sessions: {rate_of(found.base_rate, write)} of {write.count(found.base_rate.n)}.",
        write.regrouped(asked.task.signal.sentence) if found.is_withheld else "",
        facts.model.sentence if status.state != "ready" else "",
    ]
    return " ".join(filter(None, said))


def _table(facts: Facts) -> Table:
    asked = asked_of(facts)
    if isinstance(asked, str):
        return Table(_COLUMNS, ())
    rows = ((one.feature.label, one.text, "yes" if one.is_usual else "no") for one in asked.visitor.attributes)
    return Table(_COLUMNS, tuple(rows))


def _blocks(facts: Facts) -> list[Block]:
    return [paragraph(headline(facts)), paragraph(summary(facts))]


HEADLINE = Sheet(
    "predict-headline",
    "Will this visitor convert?",
    _blocks,
    _table,
    headline,
    page="predict",
    painter="sheet-headline",
    choices=(TASK,),
)
