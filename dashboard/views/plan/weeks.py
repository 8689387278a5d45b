"""What each week can show: the smallest lift by the weeks that an experiment runs."""

from functools import partial

from analytics.planning.plan_result import PowerResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.chart import around, axis, chart, reference, series
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.plan.asked import Card, plan_view
from dashboard.views.plan.words import cases, goal_of, percent, weeks_of

_HELP = (
    "The smallest lift that is shown with the power wanted, were the experiment to end after so many weeks. The band "
    "is what the traffic leaves open. The curve flattens: four times the users halve the lift, and users return."
)
_MILESTONES = (1, 2, 4, 8, 13)


def plan_weeks_views(context: Context) -> tuple[View, ...]:
    """Return the card of the weeks."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write), partial(_summary, write=write)
    return (plan_view(context, Card("plan-weeks", "What each week can show", _HELP, 8, blocks, _table, summary)),)


def _blocks(result: PowerResult, write: NumberFormat) -> list[Block]:
    points = [
        (point.weeks, abs(point.effect), *sorted((abs(point.effect_low or 0.0), abs(point.effect_high or 0.0))))
        for point in result.by_week
        if point.effect is not None
    ]
    if not points:
        return [paragraph(_summary(result, write), "quiet")]
    ends = around([end for point in points for end in point[1:]] + [result.effect], zero=True)
    last = float(result.by_week[-1].weeks)
    lines = [reference(f"asked: {percent(result.effect, write)}", (1.0, result.effect), (last, result.effect))]
    planned = weeks_of(result.days.likely) if result.days else None
    if planned is not None and planned <= last:
        lines.append(reference(f"{counted(planned, 'week', write)}", (planned, 0.0), (planned, ends[1])))
    name = "Smallest loss ruled out" if result.goal == "no_loss" else "Smallest lift shown"
    across, up = axis("Weeks", "count", (1.0, last)), axis(name, "fraction", (0.0, ends[1]))
    drawn = [series(name, points)]
    title = f"{name} in {cases(result.power, write)}"
    return [chart(title, (across, up), drawn, lines, _summary(result, write)), _milestones(result, write)]


def _milestones(result: PowerResult, write: NumberFormat) -> Block:
    """Return some of the weeks with their users."""
    last = result.by_week[-1].weeks
    rows: list[list[Cell]] = [
        [
            counted(point.weeks, "week", write),
            cell(write.count(point.n_units), under=f"{write.count(point.n_low)} – {write.count(point.n_high)}"),
            ABSENT if point.effect is None else percent(round(abs(point.effect), 3), write),
        ]
        for point in result.by_week
        if point.weeks in (*_MILESTONES, last)
    ]
    return rows_of("What each week can show", ("After", "#Users who have come", "#Shows from"), rows)


def _summary(result: PowerResult, write: NumberFormat) -> str:
    known = [point for point in result.by_week if point.effect is not None]
    if not known:
        return result.notice or "Nothing can be shown within these weeks, or the data has no days."
    chosen = [known[0], *(point for point in known[1:] if point.weeks in (4, 8, known[-1].weeks))]
    told = [
        f"{percent(round(abs(point.effect or 0.0), 3), write)} after {counted(point.weeks, 'week', write)}"
        for point in chosen
    ]
    goal = goal_of(result, result.effect, write).partition(" of ")[0]
    return f"You can {goal} of {', '.join(told)}."


def _table(result: PowerResult) -> Table:
    columns = (
        Column("weeks", "Weeks", "count", "That the experiment has run."),
        Column("n_units", "Users", "count", "Who have come by then and take part."),
        Column("n_low", "Users, low", "count", "As few as is still likely."),
        Column("n_high", "Users, high", "count", "As many as is still likely."),
        Column("effect", "Smallest lift", "relative", "Shown with the power wanted."),
        Column("effect_low", "Smallest lift, low", "relative", "If more users come."),
        Column("effect_high", "Smallest lift, high", "relative", "If fewer users come."),
    )
    rows = tuple((p.weeks, p.n_units, p.n_low, p.n_high, p.effect, p.effect_low, p.effect_high) for p in result.by_week)
    return Table(columns, rows)
