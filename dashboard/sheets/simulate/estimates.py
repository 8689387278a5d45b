"""Estimates: how large the effect looks at the moment it is called, beside what is true."""

from collections.abc import Iterator

from analytics.simulation.simulated import Outcome
from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.chart import around
from dashboard.sheets.ladder import Scale, ladder, row
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.simulate.words import SHORT, TONES, lift, lifts
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column

_LEVELS = (5, 25, 50, 75, 95)
_COLUMNS = (
    Column("method", "Way of deciding"),
    Column("mean", "Mean", "fraction", "Of the lifts that were called."),
    *(Column(f"q{level}", f"{level} %", "fraction", "So many of the lifts called are below.") for level in _LEVELS),
)


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        yield one.label, one.estimates.mean, *(one.estimates.quantiles or (None,) * len(_LEVELS))


def _blocks(run: Run) -> list[Block]:
    shown = [one for one in run.result.outcomes if one.estimates.quantiles]
    if not shown:
        return [paragraph(_summary(run), "quiet")]
    truth = run.result.lifts[0]
    ends = [each for one in shown for each in (one.estimates.quantiles[0], one.estimates.quantiles[-1])]
    scale = Scale(*around([*ends, truth], zero=True))
    rows, ticks = [_row(one, scale, run) for one in shown], scale.ticks(run.write)
    ticks = ticks[:: 2 if len(ticks) > 3 else 1]
    drawn = ladder("Lift when it is called, middle 90 %", ticks, rows, scale.at(truth))
    return [drawn, paragraph(f"The dotted line is the true lift, {lift(truth, run.write)}. {_summary(run)}", "quiet")]


def _row(one: Outcome, scale: Scale, run: Run) -> dict[str, object]:
    low, _, middle, _, high = one.estimates.quantiles
    under, places = lifts(low, high, run.write), {"low": scale.at(low), "high": scale.at(high)}
    tip = f"{one.label}: the middle 90 % of lifts that were called, {under}"
    if run.result.is_null:  # called on either side: there is no middle
        return row(SHORT[one.name], under, tone=TONES[one.name], tip=tip, **places)
    middle_text = lift(middle, run.write)
    more = {"under": under, "tip": f"{tip}; median {middle_text}", "dot": scale.at(middle)}
    return row(SHORT[one.name], middle_text, tone=TONES[one.name], **places, **more)


def _summary(run: Run) -> str:
    sizes = [(one.exaggeration.value, one.label) for one in run.result.outcomes if one.exaggeration.value is not None]
    if run.result.is_null and run.result.traffic is None and run.scenario.faults.lost:
        return "Who is lost depends on what they do, so those who are left differ though the engines do not."
    if run.result.is_null:
        return "Whatever is called here is called by chance: the sooner, the larger it looks."
    if not sizes:
        return "No way of deciding has called anything."
    size, label = max(sizes)
    return f"What is called looks up to {run.write.fixed(size, 1)} times as large as it is ({label.lower()})."


ESTIMATES = simulate_sheet(
    "simulate-estimates",
    "How large it looks",
    ("test", "replay"),
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=4,
    help="Only what was called is shown. An effect that is called early was lucky: it looks larger than it is. That is "
    "the winner's curse.",
)
