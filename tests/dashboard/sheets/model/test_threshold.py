"""The threshold answers the sliders, with what it is worth."""

from dataclasses import replace

from dashboard.sheets.model.threshold import COST, THRESHOLD, THRESHOLDS, VALUE
from tests.dashboard.sample_model import facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import sample_report


def test_it_opens_at_cost_over_value_not_at_the_best_of_these_sessions(tell: Tell) -> None:
    configured = tell().context.config.model
    usual = (configured.value_of_conversion, configured.cost_of_action)
    assert (VALUE.chosen(tell()), COST.chosen(tell())) == usual
    assert THRESHOLD.chosen(tell()) == 0.3 == usual[1] / usual[0]
    assert "from a score of 30.0 % on, where an action pays, " in plain(THRESHOLDS.summary(tell()))


def test_a_rule_between_two_thresholds_is_told_beside_the_nearest(tell: Tell) -> None:
    said = plain(THRESHOLDS.summary(tell(model_cost="27.4")))
    assert "from a score of 27.0 % on, nearest to 27.4 %, where an action pays, " in said


def test_the_best_of_these_sessions_is_named_as_picked(tell: Tell) -> None:
    rows = rows_of_table(THRESHOLDS, tell())
    best = max(rows, key=lambda row: row["over_none"])["threshold"]
    said = dict(blocks_of(THRESHOLDS, tell(), "listing")[0]["rows"])["Worth most on these sessions"]
    assert (plain(said["text"]), "too good" in said["under"]) == (f"from {100 * best:.1f} % on", True)


def test_an_action_for_nothing_or_for_no_value_still_has_a_place(tell: Tell) -> None:
    assert [THRESHOLD.chosen(tell(model_value=v, model_cost=c)) for v, c in (("0", "30"), ("100", "0"))] == [0.54, 0.1]


def test_a_dearer_action_moves_it_up(tell: Tell) -> None:
    assert (THRESHOLD.chosen(tell(model_cost="40")) or 0) > (THRESHOLD.chosen(tell(model_cost="20")) or 1)


def test_the_sentence_tells_both_worths_with_intervals(tell: Tell) -> None:
    said = plain(THRESHOLDS.summary(tell(model_threshold="0.3", model_cost="20")))
    assert said.startswith("On arrival: from a score of 30.0 % on, ")
    assert "₹ 9,378 more (₹ 9,026 – 9,731) than acting on none" in said
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
