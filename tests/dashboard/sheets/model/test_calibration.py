"""Scores stand against observed rates, with the band of chance."""

from dashboard.sheets.model.calibration import CALIBRATION
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table


def test_observed_rates_have_intervals_and_chance_its_band(tell: Tell) -> None:
    observed, noise = blocks_of(CALIBRATION, tell(), "chart")[0]["series"]
    assert all(low < rate < high for _, rate, low, high in observed["points"])
    assert {rate for _, rate, *_ in noise["points"]} == {None}


def test_the_spread_of_scores_is_drawn_by_bins(tell: Tell) -> None:
    converted, others = blocks_of(CALIBRATION, tell(), "chart")[1]["series"]
    assert (len(converted["points"]), others["label"]) == (2 * 30, "Did not")


def test_the_finding_is_that_of_the_report(tell: Tell) -> None:
    assert CALIBRATION.summary(tell()).startswith("On arrival: Scores are rates as far as this data can tell")
    assert dict(blocks_of(CALIBRATION, tell(), "listing")[0]["rows"])["Recalibrated"] == "no"


def test_the_table_has_a_row_for_each_bin(tell: Tell) -> None:
    first, *rest = rows_of_table(CALIBRATION, tell())
    assert (len(rest), first["chance_low"] < first["rate"] < first["chance_high"]) == (9, True)
