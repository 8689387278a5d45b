"""Reasons add up to what the run refused, and can be downloaded."""

from dashboard.sheets.facts import Facts
from dashboard.sheets.quarantine import QUARANTINE
from tests.dashboard.sheets.conftest import Loaded


def test_reasons_add_up_to_what_was_refused(facts: Facts) -> None:
    table = QUARANTINE.table(facts)
    assert [(row[2], row[3]) for row in table.rows] == [("at", 3), ("bought", 1)]
    assert sum(int(row[3] or 0) for row in table.rows) == facts.made_by.n_quarantined


def test_reasons_are_those_of_the_table_of_refused_rows(dirty: Loaded) -> None:
    sql = "SELECT column_name, COUNT(*) FROM rejected_rows WHERE run_id = 1 GROUP BY column_name"
    assert {row[2]: row[3] for row in QUARANTINE.table(dirty.facts).rows} == dict(dirty.project.query(sql))


def test_bars_are_from_zero(facts: Facts) -> None:
    (reasons, *_) = QUARANTINE.blocks(facts)
    assert [row[0]["bar"] for row in reasons["rows"]] == [1.0, 1 / 3]


def test_examples_show_the_row_as_it_was(facts: Facts) -> None:
    examples = QUARANTINE.blocks(facts)[2]["rows"]
    assert any("<b>Delhi</b>" in row[3]["text"] for row in examples)
    assert [row[0] for row in examples] == ["7", "8", "9", "10"]


def test_all_of_them_can_be_downloaded(facts: Facts) -> None:
    assert QUARANTINE.blocks(facts)[-1]["href"] == "/api/v1/quarantine.csv?run=1"


def test_where_nothing_was_refused_it_says_so(later: Facts) -> None:
    first, second, *_ = QUARANTINE.blocks(later)
    assert first["text"] == "Run 2 refused nothing: each of the 4 rows read kept every rule."
    assert "run 3" in second["text"]


def test_without_any_refusal_nothing_else_is_shown(facts: Facts) -> None:
    (block,) = QUARANTINE.blocks(Facts(facts.context, "sqlite"))
    assert block["text"] == "No run on record refused a row."
