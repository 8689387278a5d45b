"""Learners stand beside each other on the same sessions; accuracy never without the base rate."""

from dataclasses import replace

from dashboard.sheets.model.learners import LEARNERS
from model.report import Difference
from tests.dashboard.sample_model import facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import around, sample_report


def test_every_learner_is_judged_twice(tell: Tell) -> None:
    rows = rows_of_table(LEARNERS, tell())
    assert len(rows) == 2 * 5
    assert [(row["judged_on"], row["auc"]) for row in rows[:2]] == [("held out", 0.6486), ("random folds", 0.6526)]


def test_accuracy_stands_beside_that_of_always_saying_the_same(tell: Tell) -> None:
    said = plain(LEARNERS.summary(tell()))
    assert (
        ", where an action pays, is right in 70.6 % (69.8 % to 71.4 %); always saying the same is right in 67.6 %"
        in said
    )
    heads = [column["label"] for column in blocks_of(LEARNERS, tell(), "table")[1]["columns"]]
    assert heads.index("Always the same") == heads.index("Accuracy") + 1


def test_no_rival_is_called_better_by_chance(tell: Tell) -> None:
    assert "no rival ranks better beyond chance" in LEARNERS.summary(tell())


def test_a_rival_that_is_better_is_named(tell: Tell) -> None:
    report = sample_report()
    better = Difference("forest", "auc", around(-0.02, 0.004), 1e-6, 3e-6)
    tasks = (replace(report.tasks[0], differences=(better,)), report.tasks[1])
    assert "Random forest ranks better, by 0.0200 (0.0160 to 0.0240)" in LEARNERS.summary(
        tell(facts_of(replace(report, tasks=tasks)))
    )


def test_without_a_signal_it_still_shows_that_none_ranks(tell: Tell) -> None:
    aucs = {row["auc"] for row in rows_of_table(LEARNERS, tell(sample_model("no useful signal")))}
    assert max(auc for auc in aucs) < 0.51


def test_the_row_of_lightgbm_has_no_difference_to_itself(tell: Tell) -> None:
    first, second = blocks_of(LEARNERS, tell(), "table")[0]["rows"][:2]
    assert first[-2:] == ["–", "–"]
    assert (second[-2]["text"], second[-1]) == ("+0.008", "0.040")
