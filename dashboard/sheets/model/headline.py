"""The headline of the model page: whether anything tells who converts, how well, and how current that is."""

import math

from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.shown import TASK, Shown, shown_of
from dashboard.sheets.model.words import number, p_value, told
from dashboard.sheets.sheet import Sheet
from dashboard.table import Column, Table, estimate_cells, estimate_columns

_COLUMNS = (
    Column("model", "Model"),
    Column("verdict", "Verdict"),
    *estimate_columns("base_rate", "Base rate", "fraction", "Conversion rate of the data."),
    *estimate_columns("auc", "AUC", "score", "Cross-fitted, clustered by user; 0.5 is chance."),
    Column("version", "Version", "count", "Of the model."),
    Column("data_version", "Data version", "count", "What it was learned from."),
)
_WHO = {"arrival": "What is known on arrival", "retrospective": "What is known in the session"}


def headline(facts: Facts) -> str:
    """Return the verdict in a sentence, or why there is none."""
    shown = shown_of(facts)
    return shown if isinstance(shown, str) else _verdict(shown)


def _verdict(shown: Shown) -> str:
    signal, write, who = shown.task.signal, shown.write, _WHO[shown.task.name]
    if signal.verdict == "signal":
        return f"{who} tells in part who converts: AUC {told(signal.auc, 'score', write)}, where 0.5 is chance."
    if signal.verdict == "no useful signal":
        base = told(shown.report.data.base_rate, "fraction", write)
        return f"{who} does not tell who converts: the estimate for everybody is {base}."
    needed = f"; about {write.count(signal.n_needed)} sessions would settle it" if signal.n_needed else ""
    return f"{who} may or may not tell who converts: that is not settled{needed}."


def summary(facts: Facts) -> str:
    """Return the base rate, how the verdict came about, version and data, and what is to be said of both."""
    shown = shown_of(facts)
    if isinstance(shown, str):
        return ""
    data, write, status = shown.report.data, shown.write, facts.model.status
    simulated = "simulated " if data.origin == "simulated" else ""
    parts = [
        f"Base rate {told(data.base_rate, 'fraction', write)} of {write.count(data.n_sessions)} {simulated}sessions.",
        _how(shown),
        f"Model version {status.version}, trained {facts.clock.moment(status.trained_at or 0)} "
        f"on version {data.version} of the data.",
        facts.model.sentence if status.state != "ready" else "",
    ]
    return " ".join(filter(None, parts))


def _how(shown: Shown) -> str:
    """Return how sure the verdict is: of a signal the test, else what could have been seen."""
    signal, write = shown.task.signal, shown.write
    n = write.count(signal.auc.n)
    if signal.verdict == "signal":
        sure = f"chance alone is ruled out ({p_value(signal.p_value, write)}, two tests, corrected)"
        return f"AUC over {n} sessions, each scored without its user; {sure}."
    auc = f"AUC {told(signal.auc, 'score', write)} over {n} sessions, each scored without its user"
    seen = math.ceil(signal.detectable_auc * 1000 - 1e-9) / 1000
    return f"{auc}; one of {number(seen, 'score', write)} would have been seen in 8 of 10 cases."


def _table(facts: Facts) -> Table:
    report = facts.model.report
    return Table(
        _COLUMNS,
        tuple(
            (
                task.title,
                task.signal.verdict,
                *estimate_cells(report.data.base_rate),
                *estimate_cells(task.signal.auc),
                facts.model.status.version,
                report.data.version,
            )
            for task in report.tasks
        )
        if report
        else (),
    )


def _blocks(facts: Facts) -> list[Block]:
    return [paragraph(headline(facts)), paragraph(summary(facts))]


HEADLINE = Sheet(
    "model-headline",
    "The model in one sentence",
    _blocks,
    _table,
    headline,
    page="model",
    painter="sheet-headline",
    choices=(TASK,),
)
