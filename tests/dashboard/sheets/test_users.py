"""Sessions per user are those that were counted at load, and never made up."""

from dataclasses import replace

from dashboard.sheets.facts import Facts
from dashboard.sheets.users import USERS
from tests.dashboard.sheets.conftest import Loaded, profile_of


def test_groups_are_those_of_sql(dirty: Loaded) -> None:
    sql = "SELECT n, COUNT(*) FROM (SELECT COUNT(*) AS n FROM sessions GROUP BY user_id) AS a GROUP BY n"
    table = USERS.table(dirty.facts)
    assert {row[1]: row[3] for row in table.rows if row[3]} == dict(dirty.project.query(sql))


def test_key_figures_are_those_of_the_profile(facts: Facts) -> None:
    found = {name: value if isinstance(value, str) else value["text"] for name, value in USERS.blocks(facts)[0]["rows"]}
    assert (found["Users"], found["Sessions a user, mean"], found["Median"], found["Most"]) == ("4", "1.000", "1", "1")


def test_a_version_without_a_profile_says_how_to_get_one(facts: Facts) -> None:
    (block,) = USERS.blocks(replace(facts, profile=None))
    assert "python -m etl load --force" in block["text"]


def test_data_without_users_says_what_to_configure(facts: Facts) -> None:
    (block,) = USERS.blocks(replace(facts, profile=replace(profile_of(facts), users=None)))
    assert "user_id" in block["text"]
