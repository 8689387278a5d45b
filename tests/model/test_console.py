from dataclasses import replace

from model.console import learner_lines, renewal_sentence, version_lines, versus_lines
from model.registry import Registry, Renewal, State, Training
from model.report import Difference
from tests.model.sample import AUC, sample_trained

REPORT = sample_trained().report


def test_what_came_of_a_training_is_one_sentence() -> None:
    assert renewal_sentence(Renewal(3, True, True, 12.3)) == "model version 3 is trained and served, in 12.3 s"
    held = renewal_sentence(Renewal(3, False, True, 0.1))
    assert held == "model version 3 was trained on this data already and is served; nothing to do"
    assert "but another one is promoted" in renewal_sentence(Renewal(3, False, False, 0.1))


def test_versions_are_listed_with_the_one_that_is_served_marked(local_registry: Registry) -> None:
    for moment in (0, 86_400_000):
        local_registry.save(sample_trained(), moment)
    training = Training(1, "failed", "", 0, 0, "one class", 0, 1)
    lines = list(version_lines(local_registry.versions(), replace(local_registry.state(), training=training)))
    assert lines[0].startswith("*   2  1970-01-02 00:00 UTC  data 1  ")
    assert lines[1] == "       On arrival: signal, ROC-AUC 0.6500 (0.6300 to 0.6700, n 1,500)"
    assert lines[-1] == "last training: failed, begun 1970-01-01 00:00 UTC: one class"


def test_without_versions_it_says_what_to_do() -> None:
    assert list(version_lines((), State())) == ["there is no model yet; run: python -m model train"]


def test_rivals_stand_with_intervals_and_corrected_differences() -> None:
    task = replace(REPORT.tasks[0], differences=(Difference("forest", "auc", AUC, 0.01, 0.04),))
    lines = list(learner_lines(replace(REPORT, tasks=(task,))))
    assert "    ROC-AUC: 0.6500 (0.6300 to 0.6700, n 1,500)" in lines
    assert lines[-1] == "  LightGBM less forest, auc: 0.6500 (0.6300 to 0.6700, n 1,500), p 0.04 after Holm"


def test_versions_of_different_data_are_not_compared_without_saying_so() -> None:
    same = list(versus_lines((1, REPORT), (2, REPORT)))
    assert same[0] == "versions 1 and 2 on the same data"
    assert "  ROC-AUC: 0.6500 (0.6300 to 0.6700, n 1,500) | 0.6500 (0.6300 to 0.6700, n 1,500)" in same
    other = list(versus_lines((1, REPORT), (2, sample_trained(data_hash="b" * 64).report)))
    assert "different data" in other[0]
