"""The configuration in force, section by section."""

import json
from dataclasses import replace

from config.shown import shown_configuration
from dashboard.sheets.configuration import CONFIGURATION
from dashboard.sheets.facts import Facts


def test_sections_inside_others_stand_by_themselves(facts: Facts) -> None:
    rows = {(section, key): value for section, key, value in CONFIGURATION.table(facts).rows}
    assert rows["fields.age", "edges"] == "18, 40"
    assert rows["fields.location", "aliases"] == "Bengaluru → Bangalore"
    assert rows["cleaning", "identical"] == "drop"


def test_keys_that_are_not_set_are_left_out(facts: Facts) -> None:
    assert all(value for _, _, value in CONFIGURATION.table(facts).rows)


def test_what_is_copied_is_the_whole_as_json(facts: Facts) -> None:
    block = CONFIGURATION.blocks(facts)[-1]
    assert json.loads(block["text"]) == json.loads(json.dumps(shown_configuration(facts.context.config)))


def test_passwords_are_not_shown(facts: Facts) -> None:
    config = replace(facts.context.config, redis_url="redis://:s3cret@cache:6379/0")
    shown = replace(facts, context=replace(facts.context, config=config))
    assert "s3cret" not in str(CONFIGURATION.blocks(shown))
    assert "redis://cache:6379/0" in str(CONFIGURATION.blocks(shown))
