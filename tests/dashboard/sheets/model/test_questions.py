"""The two models stand side by side, with what lies between them."""

from dashboard.sheets.model.questions import QUESTIONS
from tests.dashboard.sample_model import facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import of_one_task, sample_report


def test_the_gap_stands_with_its_interval(tell: Tell) -> None:
    assert QUESTIONS.summary(tell()) == (
        "Knowing what happens in the session raises the AUC by 0.194 (0.188 to 0.200), on the same sessions."
    )


def test_a_gap_that_is_not_told_from_none_is_no_gap(tell: Tell) -> None:
    assert QUESTIONS.summary(tell(sample_model("no useful signal"))).startswith("The two do not differ by more than")


def test_time_and_pages_come_with_their_caution(tell: Tell) -> None:
    assert "effects as well as causes" in blocks_of(QUESTIONS, tell(), "paragraph")[-1]["text"]


def test_each_model_says_what_it_knows(tell: Tell) -> None:
    assert [row["knows"] for row in rows_of_table(QUESTIONS, tell())] == ["Device, Age", "Device, Age, Time spent"]


def test_one_model_alone_has_no_gap(tell: Tell) -> None:
    assert "so there is one model" in QUESTIONS.summary(tell(facts_of(of_one_task(sample_report()))))
