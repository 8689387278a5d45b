"""Segments that gain or lose are told from those of which neither is shown."""

from dataclasses import replace

from dashboard.sheets.model.effects import EFFECTS
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import sample_report, uplift


def test_they_are_counted(tell: Tell) -> None:
    assert EFFECTS.summary(tell()) == (
        "Of 3 segments, 1 gain with New, 1 lose, and of 1 neither is shown, corrected for all looked at."
    )


def test_what_is_shown_stands_first(tell: Tell) -> None:
    assert [row["direction"] for row in rows_of_table(EFFECTS, tell())] == ["gains", "loses", "not shown"]
    marks = [row[-1]["mark"] for row in blocks_of(EFFECTS, tell(), "table")[0]["rows"]]
    assert marks == ["good", "bad", "wait"]


def test_what_is_not_shown_is_ranked_by_its_p_and_cut_short(tell: Tell) -> None:
    (bare,) = [one for one in uplift().segments if one.direction == "not shown"]
    many = tuple(replace(bare, label=str(n), p_value=1 - n / 100) for n in range(20))
    facts = tell(facts_of(replace(sample_report(), uplift=replace(uplift(), segments=many, n_segments=20))))
    labels = [row[0]["text"] for row in blocks_of(EFFECTS, facts, "table")[0]["rows"]]
    assert (labels[0], len(labels)) == ("19", 12)
    assert EFFECTS.blocks(facts)[-1]["text"] == "8 further segments in the table."


def test_none_looked_at_is_said(tell: Tell) -> None:
    bare = facts_of(replace(sample_report(), uplift=replace(uplift(), segments=(), n_segments=0)))
    assert EFFECTS.summary(tell(bare)) == "No segments were looked at."
