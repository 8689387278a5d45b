"""Every metric and dimension is defined."""

from dashboard.sheets.definitions import DEFINITIONS
from dashboard.sheets.facts import Facts


def test_every_metric_and_dimension_stands_there(facts: Facts) -> None:
    catalog = facts.context.config.catalog
    names = {row[0] for row in DEFINITIONS.table(facts).rows}
    assert names == {m.name for m in catalog.metrics} | {d.name for d in catalog.dimensions}


def test_a_definition_names_its_source_column_and_formula(facts: Facts) -> None:
    rows = {row[0]: row for row in DEFINITIONS.table(facts).rows}
    assert rows["conversion_rate"][6:8] == ("bought", "conversions / sessions")
    assert rows["age"][6:9] == ("age", "", "18, 40")


def test_what_is_measured_after_the_engine_acted_is_marked(facts: Facts) -> None:
    rows = {row[0]["under"]: row[-1] for row in DEFINITIONS.blocks(facts)[0]["rows"]}
    assert rows["time_spent_s"]["text"] == "after the engine acted"
    assert (rows["location"], rows["variant"]) == ("before", "the engine itself")


def test_they_can_be_searched(facts: Facts) -> None:
    assert DEFINITIONS.blocks(facts)[0]["search"] == "Search definitions"
