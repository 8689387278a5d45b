"""Stopping: the share of experiments that have called a difference, day by day."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block
from dashboard.sheets.chart import axis, chart, series, thinned
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.simulate.words import SHORT, TONES, outcome_of
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column

_COLUMNS = (
    Column("method", "Way of deciding"),
    Column("day", "Day", "count", "After which one looks."),
    Column("called_by", "Called by then", "fraction", "Share of the experiments."),
)


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        for day, share in zip(run.result.look_days, one.called_by, strict=True):
            yield one.label, day, share
    for day, share in zip(run.result.look_days, run.result.ratio_failed_by, strict=True):
        yield "Check of the sample ratio", day, share


def _blocks(run: Run) -> list[Block]:
    found = run.result
    days = found.look_days
    lines = [(SHORT[one.name], one.called_by, TONES[one.name]) for one in found.outcomes if one.name != "by_session"]
    if (found.ratio_failed.value or 0.0) > 0.01:
        lines.append(("Sample ratio fails", found.ratio_failed_by, "variant-6"))
    drawn = [series(label, thinned([(0, 0.0), *zip(days, by, strict=True)]), "step", tone) for label, by, tone in lines]
    top = min(max(0.1, *(max(by) for _, by, _ in lines)) * 1.05, 1.0)
    axes = (axis("Day", "count", (0, days[-1])), axis("Called by then", "fraction", (0.0, top)))
    return [chart("Share that has called a difference", axes, drawn, says=_summary(run))]


def _summary(run: Run) -> str:
    found, days = run.result, run.result.look_days
    half = next((d for d, by in zip(days, outcome_of(found, "peeking").called_by, strict=True) if by >= 0.1), None)
    what = "false alarm" if found.is_null else "call"
    if half is None:
        return f"By day {days[-1]} no rule that looks has called in a tenth of the experiments."
    return f"With a fixed test at every look, a tenth of the experiments has a {what} by day {half}."


STOPPING = simulate_sheet(
    "simulate-stopping",
    "When it is called",
    ("test", "replay"),
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=4,
    help="An experiment stops at the first look that calls a difference; each step is a look.",
)
