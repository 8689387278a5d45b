from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.interleaving import CONTESTED, interleaving_headline
from tests.dashboard.sheets.simulate.runs_shown import run, shown

CONTEST = {"kind": "interleaving", "sample": "20000", "noise-new": "0.2"}


def test_sessions_saved_are_told(facts: Facts) -> None:
    said = interleaving_headline(run(facts, **CONTEST))
    assert said.startswith("One shared list finds the better ranker with ")
    assert said.endswith(" times.")


def test_rankers_that_are_alike_are_told_as_such(facts: Facts) -> None:
    found = run(facts, **CONTEST | {"noise-new": "0.5"})
    assert interleaving_headline(found).startswith("These two rankers are as good as each other")


def test_every_design_has_a_curve_and_a_row(facts: Facts) -> None:
    chart, table, _ = CONTESTED.blocks(shown(facts, **CONTEST))
    assert len(chart["series"]) == len(table["rows"]) == 3
    assert CONTESTED.summary(shown(facts, **CONTEST)).startswith("Clicks a session: ")


def test_the_table_is_as_wide_as_its_columns(facts: Facts) -> None:
    table = CONTESTED.table(shown(facts, **CONTEST | {"noise-new": "0.5"}))
    assert all(len(row) == len(table.columns) for row in table.rows)
