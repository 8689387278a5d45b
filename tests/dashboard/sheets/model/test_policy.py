"""A policy is sold only where it gains over the better engine for all."""

from dataclasses import replace

from dashboard.sheets.model.policy import POLICY
from model.report import Policy
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import sample_report, uplift


def under(policy: Policy | None) -> object:
    """Return a model with that policy."""
    return facts_of(replace(sample_report(), uplift=replace(uplift(), policy=policy)))


def known() -> Policy:
    """Return the policy of the sample."""
    policy = uplift().policy
    assert policy
    return policy


def test_its_rules_are_told_in_words(tell: Tell) -> None:
    (rules,) = blocks_of(POLICY, tell(), "table")
    told = [(engine, whom["text"]) for engine, whom in rules["rows"]]
    assert told == [("New", "Device is Mobile"), ("Old", "Device is Tablet and Age is over 50")]


def test_what_the_rules_are_worth_is_said_below_them(tell: Tell) -> None:
    found = replace(uplift(), rules_policy=replace(known(), sentence="The rules convert 0.7 points more."))
    facts = tell(facts_of(replace(sample_report(), uplift=found)))
    assert blocks_of(POLICY, facts, "paragraph")[-1]["text"] == "The rules convert 0.7 points more."


def test_a_refused_one_says_so_and_gives_no_rules(tell: Tell) -> None:
    facts = tell(under(replace(known(), is_refused=True, sentence="What it gains may be nothing.")))
    assert POLICY.summary(facts) == "Refused: what it gains may be nothing."
    assert blocks_of(POLICY, facts, "table") == []
    assert POLICY.blocks(facts)[0]["tone"] == ""


def test_none_is_said_where_the_verdict_forbids_one(tell: Tell) -> None:
    assert POLICY.summary(tell(under(None))).startswith("No policy")
    assert rows_of_table(POLICY, tell(under(None))) == []


def test_it_stands_against_both_engines_for_all(tell: Tell) -> None:
    assert [row["about"] for row in rows_of_table(POLICY, tell())][1:3] == ["New for all", "Old for all"]
