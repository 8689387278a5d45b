"""Missing values are counted exactly and drawn with their intervals."""

from dataclasses import replace
from typing import Any

from analytics.estimate import Estimate
from analytics.quality import QualityResult, QualityRow
from dashboard.view import Context
from dashboard.views.quality import quality_views

NONE, SOME = Estimate(0.0, 0.0, 0.001, 4_000), Estimate(0.1, 0.09, 0.11, 4_000)
ROWS = (
    QualityRow("device", "Device", 0, NONE, (NONE, NONE)),
    QualityRow("age", "Age", 400, SOME, (SOME, NONE)),
)
RESULT = QualityResult(("Old", "New"), 4_000, ROWS)


def sent(context: Context, result: QualityResult = RESULT) -> list[dict[str, Any]]:
    """Return the blocks that the browser gets."""
    (view,) = quality_views(context)
    return list(view.arrays(result, None)["blocks"])


def test_what_is_missing_most_is_first(context: Context) -> None:
    said, table = sent(context)
    assert [row[0]["text"] for row in table["rows"]] == ["Age", "Device"]
    assert said["text"] == "1 of 2 fields are missing in some sessions, most often Age: in 400 of 4,000."


def test_intervals_share_one_axis_from_zero(context: Context) -> None:
    spans = [row[1]["interval"] for row in sent(context)[1]["rows"]]
    assert spans == [[0.09 / 0.11, 0.1 / 0.11, 1.0], [0.0, 0.0, 0.001 / 0.11]]


def test_engines_are_told_in_the_tooltip(context: Context) -> None:
    tip = sent(context)[1]["rows"][0][1]["tip"].replace("\u00a0", " ")
    assert tip == "Age: 10.0 % (9.0 – 11.0 %) of 4,000 sessions. Old 10.0 % · New 0.0 %"


def test_where_nothing_is_missing_it_says_so(context: Context) -> None:
    said = sent(context, replace(RESULT, rows=ROWS[:1]))[0]
    assert (said["text"], said["tone"]) == ("No session lacks any of 1 field.", "good")


def test_the_table_names_fields_and_counts(context: Context) -> None:
    (view,) = quality_views(context)
    table = view.table(RESULT)
    assert [row[:2] for row in table.rows] == [("Device", 0), ("Age", 400)]
    assert [column.name for column in table.columns][:3] == ["field", "n_missing", "share"]
