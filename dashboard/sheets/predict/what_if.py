"""What if: each attribute at each of its values, all else equal; a press on one of them takes it."""

from collections.abc import Iterator
from typing import Any

from dashboard.sheets.blocks import Block, beside, paragraph
from dashboard.sheets.ladder import Scale, ladder, row, scale_of
from dashboard.sheets.predict.asked import Asked, predict_sheet
from dashboard.sheets.predict.words import points, span
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column
from dashboard.visitor import PREFIX, UNKNOWN, number_text
from model.alike import interval_at
from model.examples import OTHER, Feature
from model.prediction import Option

_COLUMNS = (
    Column("attribute", "Attribute"),
    Column("value", "Value"),
    Column("chance", "Chance", "fraction", "Predicted, all else equal."),
    Column("chance_low", "Observed, low", "fraction", "Lower end of the rate of held-out sessions scored like that."),
    Column("chance_high", "Observed, high", "fraction", "Upper end of the rate of held-out sessions scored like that."),
    Column("chance_n", "Observed, n", "count", "Held-out sessions scored like that."),
    Column("is_current", "Now", "text", "yes where it holds now."),
)
_NOTE = "What the model would say of another visitor. It is no promise of what a change would do."


def ordered(feature: Feature, options: tuple[Option, ...]) -> list[Option]:
    """Return the values of a number as they rise, those of a category from the highest chance down."""
    if feature.kind == "number":
        return list(options)
    is_last = (OTHER, value_of(feature, float("nan")))
    return sorted(options, key=lambda one: (one.value_text in is_last, -one.probability))


def value_of(feature: Feature, number: float) -> str:
    """Return what stands in the URL for a number of the model."""
    if number != number:
        return UNKNOWN
    return feature.members[int(number)] if feature.kind == "category" else number_text(number)


def _blocks(asked: Asked) -> list[Block]:
    found = asked.visitor.what_if
    chances = [option.probability for each in found for option in each.options]
    scale, base = scale_of(chances), asked.prediction.probability
    ticks = scale.ticks(asked.write)
    ladders = [
        ladder(
            one.label,
            ticks,
            [_row(option, feature, scale, asked) for option in ordered(feature, one.options)],
            scale.at(base),
        )
        for one, feature in zip(found, asked.visitor.predictor.task.features, strict=True)
    ]
    return [paragraph(_summary(asked)), beside(*ladders), paragraph(_NOTE, "quiet")]


def _row(option: Option, feature: Feature, scale: Scale, asked: Asked) -> dict[str, Any]:
    write, now = asked.write, asked.prediction.probability
    low, high, n = interval_at(asked.visitor.predictor.task.neighbours, option.probability)
    text, change = write.rate(option.probability), points(option.probability - now, write)
    name = "unknown" if option.value != option.value else option.value_text
    seen = f"; {write.count(n)} held-out sessions scored like that: {span(low, high, write)}" if n else ""
    tip = f"{feature.label} {name}: {text}{'' if option.is_current else f' ({change})'}{seen}"
    value = value_of(feature, option.value)
    chosen = {"option": PREFIX + feature.name, "value": value, "is_current": option.is_current}
    return row(name, text, dot=scale.at(option.probability), tone="main", tip=tip) | chosen


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    neighbours = asked.visitor.predictor.task.neighbours
    for one, feature in zip(asked.visitor.what_if, asked.visitor.predictor.task.features, strict=True):
        for option in ordered(feature, one.options):
            seen = interval_at(neighbours, option.probability)
            yield one.label, option.value_text, option.probability, *seen, "yes" if option.is_current else "no"


def _summary(asked: Asked) -> str:
    found, write, now = asked.visitor.what_if, asked.write, asked.prediction.probability
    best = [(max(one.options, key=lambda option: option.probability), one.label) for one in found if one.options]
    if not best:
        return "The model knows no attribute that could be another one."
    option, label = max(best, key=lambda pair: pair[0].probability)
    if option.probability <= now:
        return "No other value of a single attribute is scored higher."
    there, change = write.rate(option.probability), points(option.probability - now, write)
    return f"Scored highest with one other value: {label} {option.value_text}, {there} ({change})."


WHAT_IF = predict_sheet(
    "predict-what-if",
    "What if it were another visitor?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    help="One attribute is changed at a time, all others stay. Choose a value to take it over; the dotted line is this "
    "visitor.",
)
