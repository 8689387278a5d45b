"""Drift is told with what chance alone would give."""

from dataclasses import replace

from dashboard.model_facts import ModelFacts
from dashboard.sheets.model.drift import DRIFT
from model.report import Drift
from tests.dashboard.sample_model import sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table


def test_what_has_shifted_is_marked(tell: Tell) -> None:
    rows = blocks_of(DRIFT, tell(), "table")[0]["rows"]
    assert [(row[0]["text"], row[0]["under"]) for row in rows] == [
        ("Device", "shifted"), ("Age", ""), ("Scores on arrival", "")
    ]  # fmt: skip


def test_both_sides_are_told_with_their_days(tell: Tell) -> None:
    found = dict(blocks_of(DRIFT, tell(), "listing")[0]["rows"])
    assert (found["Recent"]["text"], plain(found["Recent"]["under"])) == ("14,200 sessions", "1 – 7 Oct 2026")
    assert plain(found["Mean score on arrival, shift"]) == "+0.4 pt (+0.1 to +0.7)"


def test_days_in_the_verdict_are_written_as_elsewhere(tell: Tell) -> None:
    model = sample_model()
    assert model.drift
    sentence = f"No drift is shown: 14,200 sessions ({' to '.join(model.drift.recent_days)}) do not differ."
    said = plain(DRIFT.summary(tell(replace(model, drift=replace(model.drift, sentence=sentence)))))
    assert said == "No drift is shown: 14,200 sessions (1 – 7 Oct 2026) do not differ."


def test_too_few_sessions_are_no_verdict(tell: Tell) -> None:
    facts = tell(replace(sample_model(), drift=Drift("not known", "There are too few recent sessions.")))
    assert DRIFT.summary(facts) == "There are too few recent sessions."
    assert [block["kind"] for block in DRIFT.blocks(facts)] == ["paragraph"]


def test_where_nobody_has_looked_the_command_is_told(tell: Tell) -> None:
    facts = tell(replace(sample_model(), drift=None))
    assert "python -m model drift" in DRIFT.summary(facts)
    assert (rows_of_table(DRIFT, facts), DRIFT.is_absent(facts), DRIFT.is_absent(tell(ModelFacts()))) == (
        [],
        False,
        True,
    )
