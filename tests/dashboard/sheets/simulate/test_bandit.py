from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.bandit import INFERENCE, REGRET, bandit_headline, policy_of
from tests.dashboard.sheets.simulate.runs_shown import run, shown

RACE = {"kind": "bandit", "runs": "100", "effects": "30"}


def test_what_is_earned_and_what_it_costs_are_told_together(facts: Facts) -> None:
    said = bandit_headline(run(facts, **RACE))
    assert said.startswith("Thompson sampling loses ")
    assert "a fixed test at the end then finds the difference in " in said


def test_where_nothing_differs_false_alarms_are_told(facts: Facts) -> None:
    assert bandit_headline(run(facts, **RACE | {"effects": "0"})).startswith(
        "Where nothing differs, a fixed test after"
    )


def test_curves_of_every_policy_are_drawn_with_a_band_of_one(facts: Facts) -> None:
    charts = REGRET.blocks(shown(facts, **RACE))[0]["blocks"]
    assert [len(each["series"]) for each in charts] == [5, 5]
    assert [len(one["points"][1]) for one in charts[0]["series"]] == [2, 4, 2, 2, 2]


def test_tables_are_as_wide_as_their_columns(facts: Facts) -> None:
    for sheet in (REGRET, INFERENCE):
        table = sheet.table(shown(facts, **RACE))
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_bias_is_told(facts: Facts) -> None:
    assert "control looks " in INFERENCE.summary(shown(facts, **RACE))
    assert REGRET.summary(shown(facts, **RACE)).startswith("Conversions lost by day 6: Fixed split ")
    assert policy_of(run(facts, **RACE), "ucb1").label == "UCB1"
