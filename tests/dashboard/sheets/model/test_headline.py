"""The first line of the model page is its verdict, and never more than that."""

from dataclasses import replace

import pytest

from dashboard.sheets.model.headline import HEADLINE, headline, summary
from tests.dashboard.sample_model import FAILED, STALE, TRAINING, facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, plain, rows_of_table
from tests.model.sample_report import sample_report

SAID = {
    "signal": "What is known on arrival tells in part who converts: AUC 0.649 (0.643 to 0.655), where 0.5 is chance.",
    "no useful signal": "What is known on arrival does not tell who converts: the estimate for everybody is 32.4 % "
    "(32.2 % to 32.6 %).",
    "undetermined": "What is known on arrival may or may not tell who converts: that is not settled; about 62,000 "
    "sessions would settle it.",
}  # fmt: skip


@pytest.mark.parametrize("verdict", SAID)
def test_the_verdict_stands_first(tell: Tell, verdict: str) -> None:
    assert plain(headline(tell(sample_model(verdict)))) == SAID[verdict]  # type: ignore[arg-type]


def test_it_says_base_rate_version_and_data(tell: Tell) -> None:
    said = plain(summary(tell()))
    assert said.startswith("Base rate 32.4 % (32.2 % to 32.6 %) of 2,00,000 simulated sessions.")
    assert "Model version 2, trained 21 Sep 2026, 20:33 IST on version 1 of the data." in said


def test_what_goes_on_is_said_too(tell: Tell) -> None:
    assert summary(tell(STALE)).endswith(STALE.status.sentence)
    assert [headline(tell(model)) for model in (TRAINING, FAILED)] == [TRAINING.sentence, FAILED.sentence]
    assert summary(tell(TRAINING)) == ""


def test_the_auc_is_told_where_there_is_no_signal(tell: Tell) -> None:
    said = plain(summary(tell(sample_model("no useful signal"))))
    assert "AUC 0.503 (0.497 to 0.509) over 41,200 sessions, each scored without its user; one of 0.5" in said


def test_what_could_have_been_seen_is_never_told_too_small(tell: Tell) -> None:
    report = sample_report("no useful signal")
    first = report.tasks[0]
    exact = replace(first, signal=replace(first.signal, detectable_auc=0.5181))
    said = summary(tell(facts_of(replace(report, tasks=(exact, *report.tasks[1:])))))
    assert "one of 0.519 would have been seen in 8 of 10 cases." in said


def test_its_table_holds_both_models(tell: Tell) -> None:
    rows = rows_of_table(HEADLINE, tell())
    assert [(row["model"], row["auc"], row["auc_n"]) for row in rows] == [
        ("On arrival", 0.6486, 41_200), ("In session", 0.8431, 41_200)
    ]  # fmt: skip
