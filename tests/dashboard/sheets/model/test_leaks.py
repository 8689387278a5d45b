"""Columns that tell the outcome are named."""

from dataclasses import replace

from dashboard.sheets.model.leaks import LEAKS
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, rows_of_table
from tests.model.sample_report import sample_report


def test_a_leak_is_named_with_what_it_tells(tell: Tell) -> None:
    assert LEAKS.summary(tell()) == "On arrival: 1 column tells the outcome and is left out."
    (row,) = rows_of_table(LEAKS, tell())
    assert (row["column"], row["auc"], row["left_out"]) == ("Revenue", 0.998, "yes")


def test_those_left_out_are_told_from_those_only_named(tell: Tell) -> None:
    report = sample_report()
    (leak,) = report.tasks[0].leaks
    facts = tell(
        facts_of(replace(report, tasks=(replace(report.tasks[0], leaks=(leak, replace(leak, is_left_out=False))),)))
    )
    assert LEAKS.summary(facts) == "On arrival: 2 columns tell the outcome; 1 left out, the others named only."


def test_none_is_good_news(tell: Tell) -> None:
    report = sample_report()
    facts = tell(facts_of(replace(report, tasks=(replace(report.tasks[0], leaks=()),))))
    assert LEAKS.blocks(facts)[0] == {"kind": "paragraph", "text": LEAKS.summary(facts), "tone": "good"}
