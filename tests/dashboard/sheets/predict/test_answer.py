"""The drawing of the answer: this visitor above all sessions, both with their intervals."""

from dashboard.sheets.predict.answer import ANSWER
from tests.dashboard.sheets.predict.conftest import Ask, answering, block_of, told


def test_the_visitor_and_all_sessions_stand_on_one_scale(ask: Ask) -> None:
    facts = ask({"session-device": "Desktop"})
    mine, everybody = block_of(ANSWER, facts, "ladder")["rows"]
    assert (mine["label"], everybody["label"]) == ("This visitor", "All sessions")
    assert all(0 <= row["low"] <= row["high"] <= 1 for row in (mine, everybody))
    assert block_of(ANSWER, facts, "ladder")["line"] == everybody["dot"]


def test_without_a_signal_only_all_sessions_are_drawn(ask: Ask) -> None:
    facts = ask(model=answering("no useful signal"))
    assert [row["label"] for row in block_of(ANSWER, facts, "ladder")["rows"]] == ["All sessions"]
    assert told(facts, ANSWER) == "All sessions: 12.0 % (11.5 – 12.5 %)."


def test_the_table_has_both_with_interval_and_n(ask: Ask) -> None:
    (mine, everybody) = ANSWER.table(ask()).rows
    assert everybody == ("All sessions", 0.12, 0.115, 0.125, 20_000)
    assert mine[4] > 0
