"""The answer drawn: the chance of this visitor with what was observed, beside the rate of all sessions."""

from collections.abc import Iterator
from typing import Any

from dashboard.sheets.blocks import Block
from dashboard.sheets.ladder import Scale, ladder, row, scale_of
from dashboard.sheets.predict.asked import Asked, predict_sheet
from dashboard.sheets.predict.words import observed, rate_of, span
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_columns
from model.prediction import Prediction

_COLUMNS = (
    Column("who", "Who"),
    *estimate_columns("chance", "Chance", "fraction", "Of a visitor: predicted, its interval observed; of all: rate."),
)
ALL = "All sessions"


def places(found: Prediction, scale: Scale) -> dict[str, Any]:
    """Return where a prediction and its interval stand on a scale."""
    ends = {"low": found.low, "high": found.high}
    return {"dot": scale.at(found.probability)} | {
        name: None if end is None else scale.at(end) for name, end in ends.items()
    }


def _blocks(asked: Asked) -> list[Block]:
    found, write = asked.prediction, asked.write
    base = found.base_rate
    value = base.value or 0.0
    scale = scale_of([found.probability, found.low, found.high, value, base.low, base.high])
    everybody = Prediction(value, base.low, base.high, base.n, base, 0.0)
    tip = f"{ALL}: {rate_of(base, write)}, {write.count(base.n)} sessions"
    rows = [
        row(ALL, write.rate(value), under=span(base.low, base.high, write), tone="neutral", tip=tip)
        | places(everybody, scale)
    ]
    if not found.is_withheld:
        seen = f"This visitor: {write.rate(found.probability)}; {observed(found, write)}"
        mine = row("This visitor", write.rate(found.probability), tone="main", is_strong=True, tip=seen)
        rows.insert(0, mine | {"under": span(found.low, found.high, write)} | places(found, scale))
    return [ladder("Chance to convert", scale.ticks(write), rows, scale.at(value))]


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    found = asked.prediction
    if not found.is_withheld:
        yield "This visitor", found.probability, found.low, found.high, found.n_like
    base = found.base_rate
    yield ALL, base.value, base.low, base.high, base.n


def _summary(asked: Asked) -> str:
    found, write = asked.prediction, asked.write
    if found.is_withheld:
        return f"All sessions: {rate_of(found.base_rate, write)}."
    seen = observed(found, write)
    between = f"; {seen}" if seen else ""
    return f"{write.rate(found.probability)} for this visitor{between}; all sessions {rate_of(found.base_rate, write)}."


ANSWER = predict_sheet(
    "predict-answer",
    "How likely, and how sure",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs_signal=False,
    width=8,
    help="The dot is the probability that the model gives. The line is what was observed: the conversion rate of "
    "sessions that the model never saw and scored like this one, with its interval. No data can give an interval for "
    "a single visitor.",
)
