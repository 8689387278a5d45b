"""The form: one control for each attribute that the model knows, with its own members or range."""

import math
from collections.abc import Iterator
from typing import Any

from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.predict.asked import Asked, asked_of
from dashboard.sheets.sheet import Sheet
from dashboard.table import Cell, Column, Table
from dashboard.visitor import UNKNOWN, Attribute, number_text
from model.examples import Feature

MOST_SELECTED = 12
"""Members that a select holds; more are searched."""

_N_STEPS = 100
_COLUMNS = (
    Column("attribute", "Attribute"),
    Column("value", "Value"),
    Column("usual", "Usual", "text", "The most frequent member, or the median; holds where nothing is chosen."),
    Column("notice", "Notice", "text", "What must be said of the value."),
)


def form(asked: Asked) -> Block:
    """Return the block of the form; assets/predict_form.js keeps its controls while answers come."""
    found, write = asked.prediction, asked.write
    base = write.value(found.base_rate.value, "fraction")
    chance = base if found.is_withheld else write.rate(found.probability)
    return {
        "kind": "form",
        "fields": [_field(one, asked) for one in asked.visitor.attributes],
        "caution": asked.task.caution,
        "chance": f"{chance} chance to convert",
        "beside": f"all sessions {base}",
    }


def _field(one: Attribute, asked: Asked) -> dict[str, Any]:
    feature, is_number = one.feature, one.feature.kind == "number"
    return {
        "option": one.option,
        "label": feature.label,
        "unit": feature.unit,
        "control": "number" if is_number else "select" if len(feature.members) <= MOST_SELECTED else "search",
        "members": feature.members,
        "value": UNKNOWN if one.value is None else one.text,
        "is_unknown": one.value is None,
        "is_usual": one.is_usual,
        "usual": one.usual,
        "hint": _hint(one, asked),
        "notice": asked.write.regrouped(one.notice, feature.members),
        "range": slider_of(feature),
    }


def _hint(one: Attribute, asked: Asked) -> str:
    """Return where the value is from while nothing is chosen, else what was learned from."""
    feature = one.feature
    if one.is_usual and one.value is not None:
        return "median" if feature.kind == "number" else "most frequent"
    if feature.kind == "category" or feature.low != feature.low:
        return ""
    ends = (asked.write.exact(number_text(end)) for end in (feature.low, feature.high))
    return f"{' to '.join(ends)} {feature.unit}".rstrip()


def slider_of(feature: Feature) -> dict[str, float] | None:
    """Return ends and step of the slider: round numbers within the range learned; None where it has no room."""
    if feature.kind != "number" or not feature.high > feature.low:
        return None
    is_whole = all(float(end).is_integer() for end in (feature.low, feature.high, feature.median))
    step = 10.0 ** math.floor(math.log10((feature.high - feature.low) / _N_STEPS))
    step = max(step, 1.0) if is_whole else step
    low, high = math.ceil(feature.low / step - 1e-9) * step, math.floor(feature.high / step + 1e-9) * step
    return {"low": round(low, 9), "high": round(high, 9), "step": round(step, 9)}


def _blocks(facts: Facts) -> list[Block]:
    asked = asked_of(facts)
    if isinstance(asked, str):
        return [{"kind": "form", "fields": [], "said": asked, "is_waiting": facts.model.status.state == "training"}]
    return [form(asked)]


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for one in asked.visitor.attributes:
        yield one.feature.label, one.text, one.usual, one.notice


def _table(facts: Facts) -> Table:
    asked = asked_of(facts)
    return Table(_COLUMNS, () if isinstance(asked, str) else tuple(_rows(asked)))


def _summary(facts: Facts) -> str:
    asked = asked_of(facts)
    if isinstance(asked, str):
        return asked
    said = (f"{one.feature.label} {one.text}" for one in asked.visitor.attributes)
    return f"{', '.join(said)}."


FORM = Sheet(
    "predict-form",
    "The visitor",
    _blocks,
    _table,
    _summary,
    width=4,
    page="predict",
    help="What the model is told of the visit. Until you choose, each attribute is the most frequent one, or the "
    "median; the link holds what you choose.",
)
