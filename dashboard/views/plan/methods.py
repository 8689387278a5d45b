"""Methods beside each other: what it costs in users and weeks to be allowed to look."""

from functools import partial

from analytics.planning.plan_result import MethodPlan, PowerResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, copying, paragraph, rows_of
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import METHODS
from dashboard.views.plan.asked import Card, plan_view
from dashboard.views.plan.words import in_weeks, week_range

_HELP = (
    "One look needs the fewest users, and must not be looked at before its end. Who may look stops earlier where the "
    "lift is true, and must be ready to wait longer. On average: the mean over runs in which the lift is as asked."
)


def plan_methods_views(context: Context) -> tuple[View, ...]:
    """Return the card of the methods."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write), partial(_summary, write=write)
    return (plan_view(context, Card("plan-methods", "What looking costs", _HELP, 6, blocks, _table, summary)),)


def _blocks(result: PowerResult, write: NumberFormat) -> list[Block]:
    if not result.methods:
        return [paragraph(result.notice, "quiet")]
    heads = ("Decided by", "#Users", "#Up to", "#On average")
    rows = [_row(one, result, write) for one in result.methods]
    plan = [copying(_section(result), "Copy this plan for config.yaml")] if result.n_units else []
    return [
        rows_of("What looking costs", heads, rows, is_stacked=True),
        paragraph(_summary(result, write), "quiet"),
        *plan,
    ]


def _row(one: MethodPlan, result: PowerResult, write: NumberFormat) -> list[Cell]:
    more = "" if one.inflation is None or one.method == "fixed" else f"{_times(one, write)} of one look"
    days = "" if one.expected_days is None else counted(one.expected_days, "day", write)
    mark = {"mark": "good"} if one.method == result.method else {}
    return [
        cell(METHODS[one.method][0], under="as chosen" if mark else "", **mark),
        cell(ABSENT if one.n_units is None else write.count(one.n_units), under=more),
        cell(in_weeks(one.days.likely, write), under=week_range(one.days, write), is_wrapped=True)
        if one.days
        else ABSENT,
        cell(days or ABSENT, under="" if not days else "always" if one.method == "fixed" else "if it is true"),
    ]


def _times(one: MethodPlan, write: NumberFormat) -> str:
    return f"{write.fixed(one.inflation or 0.0, 2)} times that"


def _section(result: PowerResult) -> str:
    """Return the plan as it stands in config.yaml."""
    return (
        "experiment:\n"
        f"  method: {result.method}\n"
        f"  metric: {result.metric}\n"
        f"  smallest_effect: {result.effect:g}\n"
        f"  planned_units: {result.n_units}\n"
    )


def _summary(result: PowerResult, write: NumberFormat) -> str:
    found = {one.method: one for one in result.methods}
    if not found or not all(one.inflation for one in found.values()):
        return result.notice or "No number of users suffices."
    free, planned = (write.rate((found[name].inflation or 1) - 1, 0) for name in ("sequential", "group_sequential"))
    return (
        f"To be allowed to look at any time takes up to {free} more users than one look; to look at planned times, "
        f"up to {planned} more."
    )


def _table(result: PowerResult) -> Table:
    columns = (
        Column("method", "Decided by"),
        Column("n_units", "Users", "count", "Of all variants, at the planned end."),
        Column("inflation", "By those of one look", "number", "Users by those that one look needs."),
        Column("days", "Days", "count", "Until they have come."),
        Column("days_soonest", "Days, soonest", "count", "If as many come as is still likely."),
        Column("days_latest", "Days, latest", "count", "If as few come as is still likely."),
        Column("expected_days", "Days on average", "count", "Until it stops, where the lift is true."),
    )
    return Table(columns, tuple(_cells(one) for one in result.methods))


def _cells(one: MethodPlan) -> tuple[str | float | None, ...]:
    days = (one.days.likely, one.days.soonest, one.days.latest) if one.days else (None, None, None)
    return (METHODS[one.method][0], one.n_units, one.inflation, *days, one.expected_days)
