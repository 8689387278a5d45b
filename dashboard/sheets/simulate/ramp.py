"""The ramp: how often an engine is stopped in each stage, after how many users, and what it costs until then."""

from collections.abc import Iterator

from analytics.simulation.ramp import RampOutcome
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, cell, paragraph, rows_of
from dashboard.sheets.chart import axis, chart, series, thinned
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.simulate.words import between, lift, rate
from dashboard.sheets.told import Told
from dashboard.sheets.words import small_rate
from dashboard.table import Cell, Column, estimate_cells, estimate_columns

_TONES = ("neutral", "main", "variant-3", "variant-2", "variant-4", "variant-6")
_COLUMNS = (
    Column("lift", "True effect", "fraction", "Of the engine that is ramped up."),
    *estimate_columns("stopped", "Stopped", "fraction", "Before the last day is over."),
    *estimate_columns("exposed", "Users until then", "count", "Who were given it, on average."),
    Column("exposed_high", "Users, worst of twenty", "count", "Who were given it in the worst of twenty runs."),
    *estimate_columns("harm", "Conversions lost", "count", "On the ramp, expected; negative: won."),
    Column("harm_at_once", "Lost at once", "count", "Had all been given it over as many days."),
)


def ramp_headline(run: Run) -> str:
    """Return what the ramp does to the most harmful engine, in a sentence."""
    worst, write = min(run.result.outcomes, key=lambda one: one.lift), run.write
    if worst.lift >= 0:
        return f"An engine that does no harm is stopped on the ramp in {rate(worst.stopped, write)} of the runs."
    lost, at_once = (write.count(round(each)) for each in (worst.harm.value or 0.0, worst.harm_at_once))
    users, share = write.count(round(worst.exposed.value or 0.0)), worst.stopped.value or 0.0
    stopped = f"more than {write.level(0.999)}" if 0.999 < share < 1 else small_rate(share, write)
    return (
        f"An engine that converts {write.level(-worst.lift)} less is stopped in {stopped} of the runs, after {users} "
        f"users and {lost} conversions lost; given to all at once it would lose {at_once}."
    )


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        yield (
            one.lift,
            *estimate_cells(one.stopped),
            *estimate_cells(one.exposed),
            one.exposed_high,
            *estimate_cells(one.harm),
            one.harm_at_once,
        )


def _blocks(run: Run) -> list[Block]:
    days = range(1, run.result.n_days + 1)
    drawn = [
        series(
            _name(one, run.write), thinned([(0, 0.0), *zip(days, one.stopped_by, strict=True)]), "step", _TONES[place]
        )
        for place, one in enumerate(run.result.outcomes)
    ]
    axes = (axis("Day", "count", (0, run.result.n_days)), axis("Stopped by then", "fraction", (0.0, 1.0)))
    return [chart("Share of the runs that is stopped", axes, drawn, says=_summary(run)), _stages(run), _costs(run)]


def _stages(run: Run) -> Block:
    heads = ("True effect", *(f"#at {run.write.level(share)}" for share in run.result.shares), "#Goes all the way")
    rows = []
    for one in run.result.outcomes:
        stopped = [
            cell(rate(each, run.write), bar=each.value or 0.0, tip=between(each, run.write)) for each in one.stopped_in
        ]
        rows.append([_name(one, run.write), *stopped, run.write.rate(1 - (one.stopped.value or 0.0))])
    return rows_of("Stopped in each stage", heads, rows, is_dense=True)


def _costs(run: Run) -> Block:
    write = run.write
    heads = ("True effect", "#Users until then", "#in the worst of 20", "#Conversions lost", "#at once for all")
    rows = [
        [
            _name(one, write),
            *(write.count(round(each)) for each in (one.exposed.value or 0.0, one.exposed_high)),
            *(write.count(round(each)) for each in (one.harm.value or 0.0, one.harm_at_once)),
        ]
        for one in run.result.outcomes
    ]
    return rows_of("What it costs", heads, rows)


def _name(one: RampOutcome, write: NumberFormat) -> str:
    return lift(one.lift, write) if one.lift else "no effect"


def _summary(run: Run) -> str:
    said = [f"{_name(one, run.write)} {rate(one.stopped, run.write)}" for one in run.result.outcomes]
    return f"Stopped before the end, by true effect: {', '.join(said)}."


RAMPED = simulate_sheet(
    "simulate-ramp",
    "Stopped before it harms many",
    ("ramp",),
    Told(lambda run: [*_blocks(run), paragraph(_NOTE, "quiet")], _COLUMNS, _rows, _summary),
    width=8,
    help="Each day the treatment is compared with control within the day, so that shares that rise cannot look like an "
    "effect, and the engine is stopped once it is shown to harm.",
)
_NOTE = "Where everybody is given the engine there is no control any more: from then on nothing can stop it."
