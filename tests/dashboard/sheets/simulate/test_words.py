import pytest

from analytics.estimate import Estimate
from analytics.simulation.scenario import Scenario
from dashboard.format import NumberFormat
from dashboard.sheets.simulate.words import between, lift, lifts, looking, outcome_of, rate
from tests.dashboard.sheets.simulate.runs_shown import result_of

WRITE = NumberFormat("₹", "indian")


@pytest.mark.parametrize(
    ("scenario", "said"),
    [(Scenario(), "every day"), (Scenario(every=7), "every week"), (Scenario(every=0), "once, at the end")],
)
def test_looks_are_told_in_words(scenario: Scenario, said: str) -> None:
    assert looking(scenario) == said


def test_shares_stand_with_their_interval() -> None:
    found = Estimate(0.0123, 0.009, 0.016, 1000)
    assert (rate(found, WRITE), between(found, WRITE)) == ("1.2\u00a0%", "0.9 – 1.6\u00a0%")
    assert rate(Estimate(None, None, None, 0), WRITE) == "–"


def test_lifts_have_a_sign() -> None:
    assert lift(0.041, WRITE) == "+4.1\u00a0%"
    assert lift(None, WRITE) == "–"
    assert lifts(-0.1, 0.12, WRITE) == "−10 to +12\u00a0%"


def test_ways_of_deciding_are_found_by_name() -> None:
    assert outcome_of(result_of(())[1], "bayes").label == "Chance to win, every look"
