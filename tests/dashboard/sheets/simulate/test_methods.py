from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.methods import METHODS
from tests.dashboard.sheets.simulate.runs_shown import shown


def test_false_alarms_stand_beside_what_is_promised(facts: Facts) -> None:
    ladder, note, _ = METHODS.blocks(shown(facts))
    assert ladder["label"] == "Calls a winner where nothing differs"
    assert 0 < ladder["line"] < 1
    assert "what is promised: 5\u00a0%" in note["text"]


def test_power_has_no_line(facts: Facts) -> None:
    ladder, _, table = METHODS.blocks(shown(facts, effects="20"))
    assert ladder["line"] is None
    assert [head["label"] for head in table["columns"]][-2:] == ["Wrong sign", "Estimate by truth"]


def test_every_way_of_deciding_has_a_row_with_its_interval(facts: Facts) -> None:
    rows = METHODS.blocks(shown(facts, sessions="3", correlation="0.3"))[0]["rows"]
    assert len(rows) == 6
    assert all(row["low"] <= row["dot"] <= row["high"] for row in rows)


def test_the_table_is_as_wide_as_its_columns(facts: Facts) -> None:
    table = METHODS.table(shown(facts))
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_summary_names_all(facts: Facts) -> None:
    assert METHODS.summary(shown(facts)).startswith("Called a winner where nothing differs: Fixed test, once")
