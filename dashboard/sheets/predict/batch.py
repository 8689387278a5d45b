"""Batch: a file of sessions is dropped and comes back scored; what it must hold, and a template of it."""

import csv
import io
from urllib.parse import urlencode

from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.shown import TASK
from dashboard.sheets.predict.asked import asked_of
from dashboard.sheets.predict.what_if import value_of
from dashboard.sheets.sheet import Sheet
from dashboard.table import Column, Table
from dashboard.visitor import number_text
from model.examples import Feature
from model.jobs.jobs import MOST_ROWS
from model.jobs.upload import MOST_BYTES

_COLUMNS = (
    Column("column", "Column", "text", "Its name in the file; case does not matter."),
    Column("attribute", "Attribute"),
    Column("holds", "Holds", "text", "Members that the model knows, or the range that it learned from."),
)
_MOST_NAMED = 6
_N_EXAMPLES = 2
_SAYS = "Drop a CSV or Parquet file of sessions and get it back scored, with three drivers a row."


def _features(facts: Facts) -> tuple[Feature, ...]:
    asked = asked_of(facts)
    return () if isinstance(asked, str) else asked.visitor.predictor.task.features


def _rows(facts: Facts) -> list[tuple[str, str, str]]:
    return [(_column(each, facts), each.label, _holds(each, facts)) for each in _features(facts)]


def _column(feature: Feature, facts: Facts) -> str:
    """Return the name of a feature's column in the source."""
    fields = facts.context.config.fields
    return fields[feature.name].column if feature.name in fields else feature.name


def _holds(feature: Feature, facts: Facts) -> str:
    if feature.kind == "category":
        more = len(feature.members) - _MOST_NAMED
        return ", ".join(feature.members[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    low, high = (facts.write.exact(number_text(end)) for end in (feature.low, feature.high))
    return f"{low} to {high} {feature.unit}".rstrip()


def _example(feature: Feature, place: int) -> str:
    if feature.kind == "category":
        return value_of(feature, float(place % max(len(feature.members), 1))) if feature.members else ""
    return number_text(feature.median)


def _template(facts: Facts) -> str:
    """Return a small csv with the columns and two sessions in them, as text."""
    features, text = _features(facts), io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_column(each, facts) for each in features])
    writer.writerows([[_example(each, place) for each in features] for place in range(_N_EXAMPLES)])
    return text.getvalue()


def _blocks(facts: Facts) -> list[Block]:
    asked, task = asked_of(facts), TASK.chosen(facts.context.options)
    return [
        {
            "kind": "batch",
            "said": asked if isinstance(asked, str) else "",
            "href": f"/predict/batch?{urlencode({'task': task})}",
            "rows": _rows(facts),
            "template": _template(facts),
            "most_bytes": MOST_BYTES,
            "most_rows": MOST_ROWS,
        }
    ]


def _summary(facts: Facts) -> str:
    asked = asked_of(facts)
    return asked if isinstance(asked, str) else _SAYS


BATCH = Sheet(
    "predict-batch",
    "Score a file",
    _blocks,
    lambda facts: Table(_COLUMNS, tuple(_rows(facts))),
    _summary,
    page="predict",
    help="Each row comes back with its score, the interval observed and the three attributes that moved it most. Rows "
    "that the model cannot answer for come back in a second file, each with its reason. All is removed after an hour.",
)
