"""Runs are told newest first, with why one failed."""

from dashboard.sheets.facts import Facts
from dashboard.sheets.runs import RUNS


def test_the_newest_run_is_first_and_says_why_it_failed(later: Facts) -> None:
    rows = RUNS.blocks(later)[0]["rows"]
    assert [row[0]["text"] for row in rows] == ["3", "2", "1"]
    assert (rows[0][2]["text"], rows[0][2]["mark"]) == ("Failed", "bad")
    assert "at most 50%" in rows[0][-1]["under"]


def test_the_run_behind_the_data_is_marked(later: Facts) -> None:
    assert [row[0]["under"] for row in RUNS.blocks(later)[0]["rows"]] == ["", "shown here", ""]


def test_refused_rows_of_each_run_can_be_downloaded(later: Facts) -> None:
    refused = [row[6] for row in RUNS.blocks(later)[0]["rows"]]
    assert refused[1] == "0"
    assert refused[2]["href"] == "/api/v1/quarantine.csv?run=1"


def test_the_table_has_every_count(facts: Facts) -> None:
    table = RUNS.table(facts)
    row = dict(zip((column.name for column in table.columns), table.rows[0], strict=True))
    assert (row["read"], row["loaded"], row["duplicates"], row["refused"]) == (9, 4, 1, 4)
    assert row["started_at"] <= row["finished_at"]
