"""Why a sheet tells nothing, in one sentence."""

from dashboard.sheets.facts import Facts
from dashboard.sheets.predict.asked import Asked, asked_of
from dashboard.view import Context
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.predict.conftest import Ask, answering
from tests.model.sample_report import of_one_task, sample_report


def test_a_visitor_that_can_be_answered_is_told(ask: Ask) -> None:
    found = asked_of(ask(), needs_signal=True)
    assert isinstance(found, Asked)
    assert found.task.name == "arrival"


def test_what_needs_a_signal_says_why_it_is_withheld(ask: Ask) -> None:
    found = asked_of(ask(model=answering("no useful signal")), needs_signal=True)
    assert isinstance(found, str)
    assert "no useful signal" in found


def test_a_model_in_session_that_there_is_not_is_named(ask: Ask) -> None:
    found = asked_of(ask({"model-task": "retrospective"}, facts_of(of_one_task(sample_report()))))
    assert found == "There is no model in session: this data has nothing that is measured in a session."


def test_a_fault_begins_as_a_sentence_does(context: Context) -> None:
    assert asked_of(Facts(context, "sqlite", visitor="model version 1 is damaged.")) == "Model version 1 is damaged."
