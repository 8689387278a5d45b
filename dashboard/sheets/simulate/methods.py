"""Methods: how often each way of deciding calls a difference, beside what it says of itself."""

from collections.abc import Iterator

from analytics.simulation.simulated import Outcome
from dashboard.sheets.blocks import Block, cell, paragraph, rows_of
from dashboard.sheets.ladder import Scale, ladder, row
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.simulate.words import TONES, between, rate
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_cells, estimate_columns

_COLUMNS = (
    Column("method", "Way of deciding"),
    *estimate_columns("called", "Calls a difference", "fraction", "Share of the experiments."),
    *estimate_columns("wrong_sign", "With the wrong sign", "fraction", "Calls an effect of the other sign."),
    *estimate_columns("covered", "Interval holds the truth", "fraction", "At the moment of the stop."),
    *estimate_columns("mean_day", "Mean day of the stop", "days", "The last day where nothing is called."),
    *estimate_columns("exaggeration", "Estimate by truth", "times", "Size of what was called by what is true."),
)


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        estimates = (one.called, one.wrong_sign, one.covered, one.mean_day, one.exaggeration)
        yield (one.label, *(each for estimate in estimates for each in estimate_cells(estimate)))


def _blocks(run: Run) -> list[Block]:
    found, write = run.result, run.write
    top = max(max(one.called.high or 0.0 for one in found.outcomes) * 1.08, 0.1)
    scale = Scale(0.0, min(top, 1.0))
    name = "Calls a winner where nothing differs" if found.is_null else "Finds the difference"
    line = scale.at(1 - run.scenario.confidence) if found.is_null else None
    rows = [_row(one, scale, run) for one in found.outcomes]
    note = f"The dotted line is what is promised: {write.level(1 - run.scenario.confidence)}. " if found.is_null else ""
    said = f"{note}Thin lines are 95 % intervals of the simulation itself."
    return [ladder(name, scale.ticks(write), rows, line), paragraph(said, "quiet"), _details(run)]


def _row(one: Outcome, scale: Scale, run: Run) -> dict[str, object]:
    low, value, high = (scale.at(each or 0.0) for each in (one.called.low, one.called.value, one.called.high))
    text, under = rate(one.called, run.write), between(one.called, run.write)
    tip = f"{one.label}: {text} of {run.write.count(one.called.n)} experiments ({under})"
    return row(one.label, text, under=under, dot=value, low=low, high=high, tone=TONES[one.name], tip=tip)


def _details(run: Run) -> Block:
    write, is_null = run.write, run.result.is_null
    heads = ("Way of deciding", "#Mean day of stop", "#Interval holds the truth")
    more = () if is_null else ("#Wrong sign", "#Estimate by truth")
    rows = []
    for one in run.result.outcomes:
        days = f"{write.fixed(one.mean_day.value or 0.0, 1)}"
        known = [
            cell(one.label, is_wrapped=True),
            days,
            cell(rate(one.covered, write), under=between(one.covered, write)),
        ]
        times = "–" if one.exaggeration.value is None else f"{write.fixed(one.exaggeration.value, 2)} ×"
        rows.append([*known, *([] if is_null else [rate(one.wrong_sign, write), times])])
    return rows_of("Ways of deciding", (*heads, *more), rows)


def _summary(run: Run) -> str:
    said = [f"{one.label} {rate(one.called, run.write)}" for one in run.result.outcomes]
    what = "Called a winner where nothing differs" if run.result.is_null else "Found the difference"
    return f"{what}: {', '.join(said)}."


METHODS = simulate_sheet(
    "simulate-methods",
    "How often a difference is called",
    ("test", "replay"),
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=8,
    help="The same experiments, decided in each way. Where nothing differs, a call is a false alarm; where something "
    "does, calls are power. Estimate by truth: how much too large an effect looks when it is called.",
)
