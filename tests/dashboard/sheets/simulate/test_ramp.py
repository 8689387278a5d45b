from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.ramp import RAMPED, ramp_headline
from tests.dashboard.sheets.simulate.runs_shown import run, shown


def test_the_most_harmful_engine_is_told(facts: Facts) -> None:
    said = ramp_headline(run(facts, kind="ramp"))
    assert said.startswith("An engine that converts 20\u00a0% less is stopped in ")
    assert "given to all at once it would lose " in said


def test_a_plan_without_harm_is_told_as_one(facts: Facts) -> None:
    assert ramp_headline(run(facts, kind="ramp", effects="0 5")).startswith("An engine that does no harm is stopped")


def test_every_effect_has_a_line_and_a_row_of_each_table(facts: Facts) -> None:
    chart, stages, costs, note = RAMPED.blocks(shown(facts, kind="ramp"))
    assert len(chart["series"]) == len(stages["rows"]) == len(costs["rows"]) == 4
    assert all(len(row) == len(stages["columns"]) for row in stages["rows"])
    assert "no control any more" in note["text"]


def test_the_table_is_as_wide_as_its_columns(facts: Facts) -> None:
    table = RAMPED.table(shown(facts, kind="ramp"))
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert RAMPED.summary(shown(facts, kind="ramp")).startswith("Stopped before the end, by true effect: no effect ")
