"""The first line of the predict page answers in words, and claims no more than both intervals show."""

from dataclasses import replace

import pytest

from dashboard.sheets.predict.headline import HEADLINE, summary
from model.report import Verdict
from tests.dashboard.sample_model import STALE
from tests.dashboard.sheets.predict.conftest import Ask, answering, told


def test_the_chance_stands_beside_the_base_rate(ask: Ask) -> None:
    facts = ask({"session-device": "Mobile"})
    chance = facts.write.rate(facts.visitor.prediction.probability).replace("\u00a0", " ")
    assert told(facts, HEADLINE).startswith(f"{chance} chance to convert, ")
    assert told(facts, HEADLINE).endswith("the 12.0 % of all sessions.")


def test_what_was_observed_is_told_with_its_n(ask: Ask) -> None:
    said = summary(ask()).replace("\u00a0", " ")
    assert said.startswith("Among ")
    assert "held-out sessions scored like this" in said
    assert said.endswith("all sessions: 12.0 % (11.5 – 12.5 %) of 20,000.")


@pytest.mark.parametrize(
    ("ends", "words"), [((0.2, 0.3), "more than"), ((0.05, 0.1), "less than"), ((0.1, 0.14), "not told apart from")]
)
def test_more_or_less_is_said_where_the_intervals_part(ask: Ask, ends: tuple[float, float], words: str) -> None:
    facts = ask()
    found = replace(facts.visitor.prediction, low=ends[0], high=ends[1])
    facts.visitor.__dict__["prediction"] = found
    assert f"{words} the 12.0 %" in told(facts, HEADLINE)


@pytest.mark.parametrize("verdict", ["no useful signal", "undetermined"])
def test_without_a_signal_it_is_the_rate_of_everybody_and_why(ask: Ask, verdict: Verdict) -> None:
    facts = ask(model=answering(verdict))
    assert told(facts, HEADLINE).startswith("12.0 % chance to convert, as for everybody: ")
    assert facts.visitor.task.signal.sentence[:20] in summary(facts)


def test_an_older_model_is_named_as_such(ask: Ask) -> None:
    assert "The data has changed" in summary(ask(model=replace(answering(), status=STALE.status)))


def test_the_table_holds_the_visitor(ask: Ask) -> None:
    rows = HEADLINE.table(ask({"session-device": "Tablet"})).rows
    assert ("Device", "Tablet", "no") in rows
    assert ("Location", "Delhi", "yes") in rows
