"""Words that several sheets share."""

from dataclasses import replace

import pytest

from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.sheets.facts import Facts
from dashboard.sheets.words import counted, ends, share, small_rate, source
from tests.dashboard.sheets.conftest import run_of

WRITE = NumberFormat("₹", "indian")


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0.0, "0.0 %"),
        (0.123, "12.3 %"),
        (0.0012, "0.12 %"),
        (0.00002, "0.002 %"),
        (0.99998, "99.998 %"),
        (1.0, "100.0 %"),
    ],
)
def test_shares_near_none_or_all_have_more_decimals(fraction: float, expected: str) -> None:
    assert small_rate(fraction, WRITE).replace("\u00a0", " ") == expected


def test_a_share_stands_with_its_interval() -> None:
    estimate = Estimate(0.0256, 0.0248, 0.0262, 200_000)
    assert share(estimate, WRITE).replace("\u00a0", " ") == "2.6 % (2.5 – 2.6 %)"
    assert (share(Estimate(None, None, None, 0), WRITE), ends(Estimate(None, None, None, 0), WRITE)) == ("", "")


def test_one_is_singular() -> None:
    assert [counted(n, "row", WRITE) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_numbers_in_our_words_are_regrouped_but_not_those_in_names_of_files(facts: Facts) -> None:
    run = run_of(facts)
    ours = replace(run, source="200,000 simulated sessions (profile null, seed 1)")
    assert source(ours, WRITE).startswith("2,00,000 simulated")
    assert source(replace(run, source="log 100,000.csv"), WRITE) == "log 100,000.csv"
