"""Freshness tells version, moment, size and place of the data."""

from typing import Any

from dashboard.sheets.facts import Facts
from dashboard.sheets.freshness import FRESHNESS


def told(facts: Facts) -> dict[str, Any]:
    """Return the values by name, as texts."""
    (block,) = FRESHNESS.blocks(facts)
    return {name: value if isinstance(value, str) else value["text"] for name, value in block["rows"]}


def test_it_tells_which_data_this_is(facts: Facts) -> None:
    found = told(facts)
    assert (found["Data as of"], found["Version"], found["Sessions"]) == ("2 Jul 2026", "1, made by run 1", "4")
    assert (found["Origin"], found["Database"]) == ("Sessions that happened", "SQLite")
    assert found["Loaded at"] == facts.clock.moment(facts.context.snapshot.loaded_at)


def test_its_table_holds_the_same_for_machines(facts: Facts) -> None:
    found = {str(name): str(value) for name, value in FRESHNESS.table(facts).rows}
    assert (found["data_as_of"], found["sessions"], found["database"]) == ("2026-07-02", "4", "sqlite")
    assert found["loaded_at"].endswith("Z")


def test_sessions_with_a_missing_value_are_those_of_the_profile(facts: Facts) -> None:
    assert told(facts)["With a missing value"] == str(facts.profile.n_incomplete)
