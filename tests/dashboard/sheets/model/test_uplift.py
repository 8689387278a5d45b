"""Which engine for whom is told with its randomisation, its average and its verdict."""

from dataclasses import replace

from analytics.estimate import Estimate
from dashboard.sheets.model.uplift import UPLIFT
from model.report import Uplift
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import sample_report, uplift


def under(found: Uplift) -> object:
    """Return a model with that finding."""
    return facts_of(replace(sample_report(), uplift=found))


def test_the_average_stands_first_then_the_verdict(tell: Tell) -> None:
    assert plain(UPLIFT.summary(tell())) == (
        "New against Old: +1.8 pt (+1.3 to +2.3) over everybody. The effect of New differs between visitors."
    )


def test_qini_and_tenths_are_drawn_with_their_intervals(tell: Tell) -> None:
    qini, tenths = blocks_of(UPLIFT, tell(), "chart")
    assert qini["lines"][0]["label"] == "at random"
    assert all(low <= gained <= high for _, gained, low, high in qini["series"][0]["points"])
    assert len(tenths["series"][0]["points"]) == len(tenths["x"]["members"]) == 10


def test_what_was_not_randomised_shows_no_curve(tell: Tell) -> None:
    found = replace(uplift(), is_randomised=False, verdict="not randomised", qini_curve=(), deciles=(), learners=())
    facts = tell(under(replace(found, sentence="Engines were not given out at random.")))
    assert blocks_of(UPLIFT, facts, "chart") == []
    assert UPLIFT.summary(facts).endswith("Engines were not given out at random.")


def test_without_an_average_the_sentence_stands_alone(tell: Tell) -> None:
    found = replace(uplift(), average=Estimate(None, None, None, 0), sentence="Not given out at random.")
    assert UPLIFT.summary(tell(under(found))) == "Not given out at random."


def test_attributes_are_named_as_people_read_them(tell: Tell) -> None:
    figures = dict(blocks_of(UPLIFT, tell(), "listing")[0]["rows"])
    assert figures["Goes by"] == "Device, Age, Gender, Location"


def test_its_table_holds_tenths_learners_and_curve(tell: Tell) -> None:
    abouts = [row["about"] for row in rows_of_table(UPLIFT, tell())]
    counts = [abouts.count(word) for word in ("average", "decile", "qini", "auuc", "qini curve")]
    assert counts == [1, 10, 4, 4, 41]
