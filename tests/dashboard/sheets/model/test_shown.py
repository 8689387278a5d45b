"""What a sheet tells is of the chosen model, or a sentence why nothing is told."""

import pytest

from dashboard.sheets.model.shown import Shown, main_learner, shown_of
from tests.dashboard.sample_model import FAILED, facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell
from tests.model.sample_report import WITHHELD, of_one_task, sample_report


def chosen(shown: Shown | str) -> Shown:
    """Return what is told; fails where it is a sentence."""
    assert isinstance(shown, Shown), shown
    return shown


@pytest.mark.parametrize(
    ("asked", "title"), [("", "On arrival"), ("retrospective", "In session"), ("typo", "On arrival")]
)
def test_the_reader_chooses_the_model(tell: Tell, asked: str, title: str) -> None:
    assert chosen(shown_of(tell(model_task=asked))).task.title == title


def test_a_model_that_the_data_does_not_allow_is_told(tell: Tell) -> None:
    one = facts_of(of_one_task(sample_report()))
    assert shown_of(tell(one, model_task="retrospective")) == (
        "There is no model in session: this data has nothing that is measured in a session."
    )


def test_what_needs_a_signal_is_withheld_in_the_words_of_the_report(tell: Tell) -> None:
    facts = tell(sample_model("no useful signal"))
    assert shown_of(facts, "signal") == WITHHELD
    assert shown_of(facts, "uplift") == "There is no useful signal, so engines are not compared visitor by visitor."
    assert chosen(shown_of(facts)).task.signal.verdict == "no useful signal"


def test_without_a_model_it_is_what_the_state_says(tell: Tell) -> None:
    assert shown_of(tell(FAILED)) == FAILED.sentence


def test_lightgbm_is_what_is_served(tell: Tell) -> None:
    assert main_learner(chosen(shown_of(tell())).task).label == "LightGBM"
    with pytest.raises(ValueError, match="compares no engines"):
        _ = chosen(shown_of(tell(sample_model("no useful signal")))).uplift
