"""Every row read is accounted for."""

from dataclasses import replace

from dashboard.sheets.accounting import ACCOUNTING
from dashboard.sheets.facts import Facts
from tests.dashboard.sheets.conftest import Loaded


def test_the_bar_closes_exactly(facts: Facts) -> None:
    block = ACCOUNTING.blocks(facts)[0]
    assert [part["n"] for part in block["parts"]] == [4, 1, 4]
    assert sum(part["n"] for part in block["parts"]) == int(block["text"]) == 9


def test_its_numbers_are_those_of_the_runs_table(dirty: Loaded) -> None:
    columns = "n_read, n_loaded, n_duplicates, n_quarantined"
    (expected,) = dirty.project.query(f"SELECT {columns} FROM runs WHERE run_id = 1")
    assert tuple(n for _, n in ACCOUNTING.table(dirty.facts).rows) == expected


def test_a_log_without_users_tells_nothing_of_them(facts: Facts) -> None:
    config = facts.context.config
    fields = {name: spec for name, spec in config.fields.items() if name != "user_id"}
    without = replace(facts, context=replace(facts.context, config=replace(config, fields=fields)))
    told = [[name for name, _ in ACCOUNTING.blocks(one)[1]["rows"]] for one in (facts, without)]
    assert told == [["Users under two engines", *told[1]], told[1]]


def test_a_run_that_is_not_known_is_not_made_up(facts: Facts) -> None:
    unknown = replace(facts, made_by=None)
    assert "does not know" in ACCOUNTING.blocks(unknown)[0]["text"]
    assert ACCOUNTING.table(unknown).rows == ()
