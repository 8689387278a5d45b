"""Drivers: from what the model says of nobody in particular to this visitor, attribute by attribute."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.ladder import ladder, row, scale_of
from dashboard.sheets.predict.asked import Asked, predict_sheet
from dashboard.sheets.predict.words import points
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column

MOST_STEPS = 10
_COLUMNS = (
    Column("attribute", "Attribute"),
    Column("value", "Value"),
    Column("log_odds", "Contribution", "log odds", "What the attribute adds; they add up to the logit of the chance."),
    Column("before", "From", "fraction", "Probability before the step."),
    Column("after", "To", "fraction", "Probability after it."),
    Column("change", "Change", "points", "The one less the other; depends on the order, the contribution does not."),
)
_NOTE = "Steps add up in log odds, which the scale is of; they say what the model goes by, not what a change would do."


class Step(NamedTuple):
    """One attribute on the way: what it adds in log odds, and the probability before and after it."""

    label: str
    value_text: str
    log_odds: float
    before: float
    after: float


def steps_of(asked: Asked) -> list[Step]:
    """Return the steps from the base to the prediction, largest first; what is left of many is one step."""
    found = asked.prediction
    shown = [(one.label, one.value_text, one.log_odds) for one in found.contributions]
    if len(shown) > MOST_STEPS:
        rest = shown[MOST_STEPS - 1 :]
        shown = [*shown[: MOST_STEPS - 1], (f"{len(rest)} more", "", sum(part for *_, part in rest))]
    steps, at = [], found.base_log_odds
    for label, value_text, log_odds in shown:
        steps.append(Step(label, value_text, log_odds, chance(at), chance(at + log_odds)))
        at += log_odds
    return steps


def chance(log_odds: float) -> float:
    """Return the probability of log odds.

    Examples
    --------
    >>> chance(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -500 else 0.0


def _blocks(asked: Asked) -> list[Block]:
    found, write, steps = asked.prediction, asked.write, steps_of(asked)
    base = chance(found.base_log_odds)
    scale = scale_of([base, found.probability, *(step.after for step in steps)], is_log_odds=True)
    rows = [row("Nobody in particular", write.rate(base), dot=scale.at(base), tone="neutral", is_strong=True)]
    for step in steps:
        change = step.after - step.before
        named = f"{step.label} = {step.value_text}" if step.value_text else step.label
        tip = f"{named}: {write.rate(step.before)} to {write.rate(step.after)} ({points(change, write)})"
        bar = sorted((scale.at(step.before), scale.at(step.after)))
        tone = "up" if step.log_odds > 0 else "down"
        rows.append(row(step.label, points(change, write), value_text=step.value_text, bar=bar, tone=tone, tip=tip))
    mine = row("This visitor", write.rate(found.probability), dot=scale.at(found.probability), tone="main")
    drawn = ladder("From nobody in particular to this visitor", scale.ticks(write), [*rows, mine | {"is_strong": True}])
    return [drawn | {"line": scale.at(base)}, paragraph(_NOTE, "quiet")]


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    base = chance(asked.prediction.base_log_odds)
    yield "Nobody in particular", "", asked.prediction.base_log_odds, None, base, None
    for step in steps_of(asked):
        yield step.label, step.value_text, step.log_odds, step.before, step.after, step.after - step.before


def _summary(asked: Asked) -> str:
    steps, write = steps_of(asked), asked.write
    if not steps:
        return "The model knows no attribute of this visitor."
    first = steps[0]
    moved = "raises" if first.log_odds > 0 else "lowers"
    total = asked.prediction.probability - chance(asked.prediction.base_log_odds)
    named = f"{first.label} {first.value_text}".strip()
    change = points(first.after - first.before, write)
    return f"{named} {moved} it most ({change}); all attributes together: {points(total, write)}."


DRIVERS = predict_sheet(
    "predict-drivers",
    "What it follows from",
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=8,
    help="Each bar is one attribute's part of the prediction, largest first. Nobody in particular: what the model says "
    "before it knows anything, close to the rate of all sessions.",
)
