"""Record and method: what decides, in plain words, and the verdict as a file that can be worked out again."""

from functools import partial

from analytics.decision import DECISION
from analytics.decision.result import DecisionResult
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, beside, heading, link, listing, paragraph, stacked
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import METHODS, TAILS, About, Shown, sheet_view

_HELP = (
    "Everything that was agreed on before the data were seen, and everything that the verdict follows from. Whoever "
    "has the record can work the verdict out again without the data."
)
_HOLDS = (
    "It holds all sums that went in, data hash, cleaning, filter, plan, level, versions, the result, and a seal "
    "(SHA-256). python -m analytics recompute record.json works it out again, to the bit."
)


def record_views(context: Context) -> tuple[View, ...]:
    """Return the card of method and record."""
    write = context.number_format
    about = About("decision-record", "Record and method", help=_HELP)
    shown = Shown(partial(_blocks, write=write), partial(_table, write=write), partial(_summary, write=write))
    return (sheet_view(context, DECISION, about, shown),)


def _blocks(result: DecisionResult, write: NumberFormat) -> list[Block]:
    href = f"/api/v1/decisions/record?{result.question}"
    method = stacked(heading("What decides"), paragraph(result.method_statement), listing(_plan(result, write)))
    record = stacked(heading("The record"), paragraph(_HOLDS, "quiet"), link(href, "Download the record (JSON)"))
    return [beside(method, record)]


def _plan(result: DecisionResult, write: NumberFormat) -> list[tuple[str, str]]:
    return [
        ("Method", METHODS[result.method][0]),
        ("Level", write.level(result.confidence)),
        ("Looked for", TAILS[result.alternative]),
        ("Smallest lift worth acting on", write.rate(result.smallest_effect) if result.smallest_effect else "any"),
        ("Guardrails", ", ".join(g.label for g in result.guardrails) or "none"),
        ("Loss accepted in a guardrail", write.rate(result.guardrail_margin)),
    ]


def _table(result: DecisionResult, write: NumberFormat) -> Table:
    rows = [("Verdict", result.word), *_plan(result, write), ("Address of the record", result.question)]
    return Table((Column("about", "About"), Column("says", "Says")), tuple(rows))


def _summary(result: DecisionResult, write: NumberFormat) -> str:
    return f"{result.word}, decided at {write.level(result.confidence)}: {METHODS[result.method][0].lower()}."
