"""The threshold answers the sliders, with what it is worth."""

from dataclasses import replace

from dashboard.sheets.model.threshold import COST, THRESHOLD, THRESHOLDS, VALUE
from tests.dashboard.sample_model import facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import sample_report


def test_it_opens_where_acting_is_worth_most(tell: Tell) -> None:
    rows = rows_of_table(THRESHOLDS, tell())
    best = max(rows, key=lambda row: row["over_none"])
    assert THRESHOLD.chosen(tell()) == best["threshold"]
    configured = tell().context.config.model
    usual = (configured.value_of_conversion, configured.cost_of_action)
    assert (VALUE.chosen(tell()), COST.chosen(tell())) == usual


def test_a_dearer_action_moves_it_up(tell: Tell) -> None:
    assert (THRESHOLD.chosen(tell(model_cost="40")) or 0) > (THRESHOLD.chosen(tell(model_cost="20")) or 1)


def test_the_sentence_tells_both_worths_with_intervals(tell: Tell) -> None:
    said = plain(THRESHOLDS.summary(tell(model_threshold="0.3", model_cost="20")))
    assert said.startswith("On arrival: from a score of 30.0 % on, ")
    assert "₹ 9,378 more (₹ 8,978 more to ₹ 9,778 more) than acting on none" in said
    assert said.endswith("than acting on all; that it beats both is not shown.")


def test_what_does_not_beat_acting_on_all_is_not_sold(tell: Tell) -> None:
    assert THRESHOLDS.summary(tell(model_cost="0")).endswith("that it beats both is not shown.")


def test_the_four_shares_add_up_to_all_sessions(tell: Tell) -> None:
    row = rows_of_table(THRESHOLDS, tell())[7]
    names = ("true_positive", "false_positive", "true_negative", "false_negative")
    assert round(sum(row[name] for name in names), 9) == 1


def test_the_line_stands_where_the_slider_does(tell: Tell) -> None:
    (chart,) = blocks_of(THRESHOLDS, tell(model_threshold="0.41"), "chart")
    assert chart["lines"][0]["start"][0] == 0.41


def test_without_a_signal_there_is_nothing_to_drag(tell: Tell) -> None:
    facts = tell(sample_model("undetermined"))
    assert [slider.chosen(facts) for slider in THRESHOLDS.sliders] == [None, None, None]


def test_a_report_without_thresholds_says_so(tell: Tell) -> None:
    report = sample_report()
    bare = facts_of(replace(report, tasks=(replace(report.tasks[0], thresholds=()),)))
    assert THRESHOLDS.summary(tell(bare)).startswith("No threshold was looked at")
    assert THRESHOLDS.blocks(tell(bare))[0]["tone"] == "quiet"
