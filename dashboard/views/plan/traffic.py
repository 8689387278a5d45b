"""The reader's numbers, and the traffic that they are reckoned with."""

from functools import partial

from analytics.planning.plan_result import PowerResult
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, listing, paragraph
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.plan.asked import Card, plan_view

_HELP = (
    "Users and their sessions under the filter, counted over the days up to the last one. Users who return count once "
    "within the days that are counted; new ones become fewer as old ones return."
)


def plan_traffic_views(context: Context) -> tuple[View, ...]:
    """Return the card of the traffic."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write, context=context), partial(_summary, write=write)
    return (plan_view(context, Card("plan-traffic", "Your traffic", _HELP, 4, blocks, _table, summary)),)


def _blocks(result: PowerResult, write: NumberFormat, context: Context) -> list[Block]:
    if not result.traffic:
        return [paragraph(result.notice, "quiet")]
    return [listing(_rows(result, write, context))]


def _rows(result: PowerResult, write: NumberFormat, context: Context) -> list[tuple[str, Cell]]:
    traffic, baseline = result.traffic, result.baseline
    assert traffic is not None  # noqa: S101
    rows: list[tuple[str, Cell]] = []
    if baseline:
        under = write.interval(baseline.low, baseline.high, result.unit, baseline.value)
        rows.append((f"{result.label}, {result.control}", cell(write.value(baseline.value, result.unit), under=under)))
    per_user = traffic.n_sessions / traffic.n_units if traffic.n_units else 0.0
    if not traffic.n_days:
        return [*rows, ("Users in the log", write.count(traffic.n_units)), ("Sessions each", write.fixed(per_user, 2))]
    return [
        *rows,
        ("Users in the last week", write.count(traffic.n_last_week)),
        (f"Users in {counted(traffic.n_days, 'day', write)}", write.count(traffic.n_units)),
        ("Sessions each", write.fixed(per_user, 2)),
        ("New users in the week to come", write.count(traffic.n_new_next_week)),
        ("Counted up to", context.day_format.day(traffic.last_day)),
    ]


def _table(result: PowerResult) -> Table:
    columns = (
        Column("n_days", "Days counted", "count", "Up to the last one."),
        Column("n_units", "Users", "count", "Different ones within those days."),
        Column("n_sessions", "Sessions", "count", "Theirs, within those days."),
        Column("n_last_week", "Users in the last week", "count", "Different ones within the last seven days."),
        Column("n_new_next_week", "New users in the week to come", "count", "Expected, who were not there before."),
        Column("baseline", "Control", "metric"),
        Column("baseline_low", "Control, low", "metric"),
        Column("baseline_high", "Control, high", "metric"),
    )
    traffic, baseline = result.traffic, result.baseline
    if not traffic or not baseline:
        return Table(columns, ())
    counts = (traffic.n_days, traffic.n_units, traffic.n_sessions, traffic.n_last_week, traffic.n_new_next_week)
    return Table(columns, ((*counts, baseline.value, baseline.low, baseline.high),))


def _summary(result: PowerResult, write: NumberFormat) -> str:
    traffic = result.traffic
    if not traffic:
        return result.notice
    within = f" within {counted(traffic.n_days, 'day', write)}" if traffic.n_days else ""
    return f"{counted(traffic.n_units, 'user', write)} with {counted(traffic.n_sessions, 'session', write)}{within}."
