"""Interleaving: sessions that one shared list needs, beside A/B tests of clicks and of conversions."""

from collections.abc import Iterator

from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import NOTHING, Block, cell, paragraph, rows_of
from dashboard.sheets.blocks import Cell as Drawn
from dashboard.sheets.chart import axis, chart, series
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_cells, estimate_columns

_TONES = {"interleaved": "main", "clicks": "variant-3", "conversions": "neutral"}
_COLUMNS = (
    Column("design", "Compared by"),
    Column("sessions_50", "Sessions, power 50 %", "count", "Needed in all."),
    Column("sessions_80", "Sessions, power 80 %", "count", "Needed in all."),
    Column("sessions_90", "Sessions, power 90 %", "count", "Needed in all."),
    *estimate_columns("times", "Times those of interleaving", "times", "Sessions needed."),
)


def interleaving_headline(run: Run) -> str:
    """Return what interleaving saves, in a sentence."""
    first, clicks, conversions = run.result.designs
    if first.sessions[1] is None:
        return "These two rankers are as good as each other, as far as so many sessions can tell."
    times = [run.write.fixed(each.times.value, 1) for each in (conversions, clicks) if each.times.value is not None]
    if len(times) < 2:
        return f"One shared list tells the rankers apart with {run.write.count(round(first.sessions[1]))} sessions."
    sessions = run.write.count(round(first.sessions[1]))
    return (
        f"One shared list finds the better ranker with {sessions} sessions; an A/B test "
        f"of conversions needs {times[0]} times as many, one of clicks {times[1]} times."
    )


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.designs:
        yield one.label, *one.sessions, *estimate_cells(one.times)


def _blocks(run: Run) -> list[Block]:
    found, write = run.result, run.write
    drawn = [
        series(one.label, list(zip(found.sessions, one.powers, strict=True)), "line", _TONES[one.name])
        for one in found.designs
    ]
    axes = (axis("Sessions", "count", (0.0, found.sessions[-1])), axis("Power", "fraction", (0.0, 1.0)))
    heads = ("Compared by", *(f"#Power {write.level(power)}" for power in found.powers), "#Times interleaving")
    rows = [
        [cell(one.label, is_wrapped=True), *(_sessions(each, write) for each in one.sessions), _times(one.times, write)]
        for one in found.designs
    ]
    drawn_chart = chart("Chance to find the better ranker", axes, drawn, says=_summary(run))
    return [drawn_chart, rows_of("Sessions needed", heads, rows), paragraph(_summary(run), "quiet")]


def _sessions(value: float | None, write: NumberFormat) -> str:
    return NOTHING if value is None else write.count(round(value))


def _times(times: Estimate, write: NumberFormat) -> Drawn:
    if times.value is None or times.low is None or times.high is None:
        return NOTHING
    ends = f"{write.fixed(times.low, 1)} – {write.fixed(times.high, 1)}" if times.high > times.low else ""
    return cell(f"{write.fixed(times.value, 1)} ×", under=ends)


def _summary(run: Run) -> str:
    old, new = (run.write.fixed(each.value, 3) for each in (run.result.clicks_old, run.result.clicks_new))
    return f"Clicks a session: {old} on control's list, {new} on the new one's."


CONTESTED = simulate_sheet(
    "simulate-interleaving",
    "Sessions until the better ranker is found",
    ("interleaving",),
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=8,
    help="Team draft (Radlinski and others, 2008): both rankers put their items into one list in turn, and the clicks "
    "count for whoever put the item in. It finds the better ranker sooner, but not what it is worth in conversions.",
)
