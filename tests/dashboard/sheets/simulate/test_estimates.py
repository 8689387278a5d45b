from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.estimates import ESTIMATES
from tests.dashboard.sheets.simulate.runs_shown import shown


def test_lifts_stand_beside_the_true_one(facts: Facts) -> None:
    ladder, note = ESTIMATES.blocks(shown(facts, effects="20"))
    assert 0 < ladder["line"] < 1
    assert "The dotted line is the true lift, +20.0\u00a0%" in note["text"]


def test_where_nothing_differs_there_is_no_middle(facts: Facts) -> None:
    ladder = ESTIMATES.blocks(shown(facts))[0]
    assert all("dot" not in row for row in ladder["rows"])


def test_the_curse_of_the_winner_is_told(facts: Facts) -> None:
    assert " times as large as it is (" in ESTIMATES.summary(shown(facts, effects="20"))


def test_where_nothing_is_called_nothing_is_drawn(facts: Facts) -> None:
    found = shown(facts, effects="1", rate="0.01", users="10", looks="0")
    assert ESTIMATES.blocks(found)[0]["text"] == "No way of deciding has called anything."
    assert ESTIMATES.table(found).rows[0][1:] == (None,) * 6


def test_what_lost_users_do_is_not_called_chance(facts: Facts) -> None:
    assert ESTIMATES.summary(shown(facts, lost="30")).startswith("Who is lost depends on what they do")
