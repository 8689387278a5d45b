"""What was learned from is told to the session."""

from dataclasses import replace

from dashboard.sheets.model.learned import LEARNED
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import sample_report


def test_what_is_held_out_is_later_and_of_other_users(tell: Tell) -> None:
    assert plain(LEARNED.summary(tell())) == (
        "On arrival: learned from 1,50,000 sessions, judged on 41,200 others, later in time: from 12 Sep 2026 on; "
        "no user is in both."
    )


def test_without_days_it_is_random_and_says_so(tell: Tell) -> None:
    report = sample_report()
    task = replace(report.tasks[0], hold_out=replace(report.tasks[0].hold_out, kind="random", first_day="", n_users=0))
    report = replace(report, tasks=(task,), data=replace(report.data, first_day="", last_day=""))
    facts = tell(facts_of(report))
    assert "drawn at random by user" in LEARNED.summary(facts)
    assert dict(blocks_of(LEARNED, facts, "listing")[0]["rows"])["Users held out"] == "not known"


def test_its_table_names_data_and_hash(tell: Tell) -> None:
    found = {row["name"]: row["value"] for row in rows_of_table(LEARNED, tell())}
    assert (found["data_hash"], found["learned_from"], found["base_rate_n"]) == ("5d" * 32, "150000", "200000")
