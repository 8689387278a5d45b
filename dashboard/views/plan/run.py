"""The run so far: how many days are left, and whether going on is worth it."""

from collections.abc import Iterator
from functools import partial

from analytics.experiment.power.pace import Span
from analytics.planning.plan_result import PowerResult, RunSoFar
from dashboard.format import NumberFormat
from dashboard.pages import page_named
from dashboard.sheets.blocks import Block, Cell, beside, cell, heading, listing, page_link, paragraph, stacked
from dashboard.sheets.words import counted
from dashboard.table import Cell as TableCell
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import chance, lift_cell
from dashboard.views.plan.asked import Card, plan_view
from dashboard.views.plan.words import NEVER, percent

_HELP = (
    "What the sessions so far leave to be shown. Given them, the chance to show the lift by the planned end: if the "
    "lift is as asked, if it is as seen so far, and averaged over all lifts that the data leave likely (predictive)."
)
_CAUTION = (
    "This tells how long, never whether. It is made of data that was looked at: to move a planned end because of it "
    "raises false alarms, unless the method is always valid. Lifts seen early are mostly luck."
)
_FROM = "From the last day of the data."
_BY_THE_END = "Chance to have shown it by the planned end, given the data so far."
_SURE = 0.9995


def plan_run_views(context: Context) -> tuple[View, ...]:
    """Return the card of the run so far."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write), partial(_summary, write=write)
    return (plan_view(context, Card("plan-run", "The run so far", _HELP, 8, blocks, _table, summary)),)


def _blocks(result: PowerResult, write: NumberFormat) -> list[Block]:
    if not result.runs:
        return [paragraph(_summary(result, write), "quiet")]
    parts = [
        stacked(heading(run.treatment), paragraph(_told(run, result, write), _tone(run)), listing(rows))
        for run in result.runs
        for rows in _listings(run, result, write)
    ]
    back = page_link(page_named("experiment").path, "What the users so far show")
    return [beside(*parts) if len(parts) > 1 else parts[0], paragraph(_CAUTION, "quiet"), back]


def _tone(run: RunSoFar) -> str:
    return "warn" if run.left.is_futile else ""


def _listings(run: RunSoFar, result: PowerResult, write: NumberFormat) -> Iterator[list[tuple[str, Cell]]]:
    left, part = run.left, run.n_units / run.n_planned
    until = "planned" if result.n_units != run.n_planned else "in this plan"
    of_all = f"{write.rate(part, 0)} of the {write.count(run.n_planned)} {until}"
    yield [
        ("Users so far", cell(write.count(run.n_units), under=of_all)),
        ("Lift so far", lift_cell(run.lift, write)),
        ("To the planned end", _days(left.planned_end, write)),
        *_beyond(run, result, write),
        (f"Chance by then if it is {percent(_asked(result), write)}", chance(left.power_if_planned, write)),
        ("Chance if it is as so far", chance(left.power_if_observed, write)),
        ("Chance over all that is likely", chance(left.predictive, write)),
    ]


def _beyond(run: RunSoFar, result: PowerResult, write: NumberFormat) -> list[tuple[str, Cell]]:
    """Return how long it takes beyond the planned end; only what is always valid may go on."""
    if result.method != "sequential":
        return []
    power = write.rate(result.power, 0)
    spans = ((f"Until {power} if it is {percent(_asked(result), write)}", run.left.if_planned),)
    return [(label, "never" if span is None else _days(span, write)) for label, span in spans]


def _asked(result: PowerResult) -> float:
    return 0.0 if result.goal == "no_loss" else result.effect


def _days(span: Span, write: NumberFormat) -> Cell:
    if span.likely is None:
        return cell(NEVER, under="" if span.soonest is None else f"at least {counted(span.soonest, 'day', write)}")
    if span.likely == 0:
        return "now"
    latest = NEVER if span.latest is None else counted(span.latest, "day", write)
    under = "" if span.soonest == span.latest else f"{write.count(span.soonest or 0)} to {latest}"
    return cell(counted(span.likely, "day", write), under=under)


def _told(run: RunSoFar, result: PowerResult, write: NumberFormat) -> str:
    left = run.left
    if result.method == "sequential" and left.power_if_planned > _SURE:
        return f"{run.treatment} has shown it already: there is nothing to wait for."
    if left.planned_end.likely == 0:
        return f"{run.treatment} has as many users as planned: the Experiment page says what they show."
    if left.is_futile:
        return (
            f"Going on is futile: {run.treatment} shows it by the planned end in {chance(left.predictive, write)} of "
            f"cases, and in {chance(left.power_if_planned, write)} even if the lift is as asked."
        )
    end = left.planned_end
    days = NEVER if end.likely is None else counted(end.likely, "day", write)
    return (
        f"{run.treatment} has {days} to go to the planned end, and then shows it in {chance(left.predictive, write)} "
        "of cases, over all lifts that the data leave likely."
    )


def _summary(result: PowerResult, write: NumberFormat) -> str:
    if not result.runs:
        return result.notice or "Nothing is known of the run so far: the data has no days, or nothing differs."
    return " ".join(_told(run, result, write) for run in result.runs)


def _table(result: PowerResult) -> Table:
    columns = (
        Column("treatment", "Engine"),
        Column("n_units", "Users so far", "count", "Of all variants."),
        Column("n_planned", "Users planned", "count", "As configured, else as this page plans."),
        Column("lift", "Lift so far", "relative", "Difference by control."),
        Column("lift_low", "Lift so far, low", "relative", "Lower end of the interval."),
        Column("lift_high", "Lift so far, high", "relative", "Upper end of the interval."),
        *_spans("planned_end", "Days to the planned end"),
        *_spans("if_planned", "Days until the power wanted if the lift is as asked"),
        *_spans("if_observed", "Days until the power wanted if the lift is as seen"),
        Column("power_if_planned", "Chance if the lift is as asked", "fraction", _BY_THE_END),
        Column("power_if_observed", "Chance if the lift is as seen", "fraction", _BY_THE_END),
        Column("predictive", "Chance over all that is likely", "fraction", _BY_THE_END),
        Column("futile", "Futile"),
    )
    return Table(columns, tuple(_cells(run) for run in result.runs))


def _spans(name: str, label: str) -> tuple[Column, ...]:
    ends = (("", ""), ("_soonest", ", soonest"), ("_latest", ", latest"))
    return tuple(Column(f"{name}{end}", f"{label}{words}", "count", _FROM) for end, words in ends)


def _cells(run: RunSoFar) -> tuple[TableCell, ...]:
    left, lift = run.left, run.lift
    spans = (left.planned_end, left.if_planned, left.if_observed)
    days = (end for span in spans for end in ((span.likely, span.soonest, span.latest) if span else (None,) * 3))
    chances = (left.power_if_planned, left.power_if_observed, left.predictive)
    counts = (run.n_units, run.n_planned, lift.value, lift.low, lift.high)
    return (run.treatment, *counts, *days, *chances, "yes" if left.is_futile else "no")
