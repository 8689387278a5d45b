"""The headline counts what the run counted."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.sheets.facts import Facts
from dashboard.sheets.headline import headline, summary
from tests.dashboard.sheets.conftest import profile_of, run_of


def test_it_tells_sessions_last_day_duplicates_and_refusals(facts: Facts) -> None:
    assert headline(facts) == (
        "4 sessions up to 2 Jul 2026; of 9 rows read, 1 was a duplicate and 4 were refused by 2 rules."
    )


def test_it_says_that_data_is_simulated(facts: Facts) -> None:
    snapshot = replace(facts.context.snapshot, origin="simulated", n_rows=200_000)
    simulated = replace(facts, context=replace(facts.context, snapshot=snapshot))
    assert headline(simulated).startswith("Simulated data: 200,000 sessions up to ")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((9, 9, 0, 0), "all 9 rows read were loaded"),
        ((9, 7, 2, 0), "of 9 rows read, 2 were duplicates and none was refused"),
        ((0, 0, 0, 0), "no rows read"),
    ],
)
def test_it_fits_every_outcome(facts: Facts, counts: tuple[int, ...], expected: str) -> None:
    names = ("n_read", "n_loaded", "n_duplicates", "n_quarantined")
    changes: dict[str, Any] = dict(zip(names, counts, strict=True))
    run = replace(run_of(facts), **changes)
    assert headline(replace(facts, made_by=run)) == f"4 sessions up to 2 Jul 2026; {expected}."


def test_it_names_the_append_and_what_failed_after_it(later: Facts) -> None:
    assert "all 4 rows read by the last append were loaded" in headline(later)
    assert "A later run, 3, failed; what is shown is the data before it." in summary(later)


def test_it_tells_how_many_sessions_lack_a_value(facts: Facts) -> None:
    n = facts.profile.n_incomplete
    assert f"{n} session" in summary(facts)
    assert "%" in summary(facts)
    assert "No session lacks a value." in summary(replace(facts, profile=replace(profile_of(facts), n_incomplete=0)))


def test_it_claims_nothing_of_a_run_that_is_not_known(facts: Facts) -> None:
    assert headline(replace(facts, made_by=None)) == "4 sessions up to 2 Jul 2026."
