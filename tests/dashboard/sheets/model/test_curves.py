"""Curves are drawn thin and exported whole."""

from dashboard.sheets.model.curves import CURVES
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table


def test_three_curves_each_with_what_chance_would_do(tell: Tell) -> None:
    charts = blocks_of(CURVES, tell(), "chart")
    assert [chart["label"] for chart in charts] == ["ROC", "Precision and recall", "Gain"]
    assert [plain(chart["lines"][0]["label"]) for chart in charts] == ["chance", "base rate 32.4 %", "chance"]


def test_the_chosen_model_is_drawn_before_the_other(tell: Tell) -> None:
    roc, *_ = blocks_of(CURVES, tell(model_task="retrospective"), "chart")
    assert [(one["label"], one["tone"]) for one in roc["series"]] == [("In session", "main"), ("On arrival", "neutral")]


def test_the_table_has_every_point(tell: Tell) -> None:
    assert len(rows_of_table(CURVES, tell())) == 3 * 201
    assert max(len(one["points"]) for one in blocks_of(CURVES, tell(), "chart")[0]["series"]) == 101


def test_lift_stands_with_its_interval(tell: Tell) -> None:
    said = "the tenth of sessions with the highest scores converts 1.59 × (1.54 × to 1.64 ×) as often as all"
    assert said in plain(CURVES.summary(tell()))
