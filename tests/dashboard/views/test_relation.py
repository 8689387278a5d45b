"""Relations say how conversion goes along a number, and that this is no cause."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analytics.estimate import Estimate, Split
from analytics.relation import RelationBin, RelationResult
from dashboard.page import PageSource
from dashboard.view import Context
from dashboard.views.relation import AFTER_THE_ENGINE, relation_summary, relation_table, relation_view, relation_views
from tests.dashboard.sample import Sample, sample_frame

FRAME = sample_frame(Sample())
RATE = Split(Estimate(0.3, 0.2, 0.4, 100), (Estimate(0.3, 0.2, 0.4, 100),))


def drawn(source: PageSource, name: str, search: str = "") -> dict[str, Any]:
    """Return what the browser gets."""
    return dict(source.page_data("/explore", search)["views"][f"relation_{name}"])


def result(correlation: Estimate | None, **changes: Any) -> RelationResult:
    """Return the relation of one engine in one bin."""
    bins = (RelationBin("under 5", None, 5.0, None, RATE),)
    split = Split(correlation, (correlation,)) if correlation else None
    given = {"bins": bins, "correlation": split, "no_correlation": "", "n_sessions": 100, "n_missing": 0}
    return RelationResult("wait", "Wait", "s", ("Old",), **given | changes)


def test_numbers_come_first_and_bands_behind(context: Context) -> None:
    views = relation_views(context)
    assert [(v.name, v.width) for v in views] == [
        ("relation_time_spent_s", 6), ("relation_pages_viewed", 6), ("relation_age", 4)
    ]  # fmt: skip


def test_what_is_measured_after_the_engine_carries_the_warning(source: PageSource) -> None:
    assert AFTER_THE_ENGINE in drawn(source, "time_spent_s")["notes"]
    assert AFTER_THE_ENGINE not in drawn(source, "age")["notes"]


def test_the_warning_follows_the_configuration(context: Context) -> None:
    age = replace(context.config.catalog.dimension("age"), is_post_treatment=True)
    notes = dict(relation_view(age, context).arrays(result(None), None))["notes"]
    assert notes == [AFTER_THE_ENGINE]


def test_the_correlation_is_pearsons_r_of_each_engine(source: PageSource) -> None:
    old = FRAME[FRAME["variant"] == "Old"]
    r = np.corrcoef(old["time_spent_s"], old["converted"])[0, 1]
    told = drawn(source, "time_spent_s")["correlations"][0]
    assert (told["variant"], told["text"].split(" (")[0]) == ("Old", f"r = {r:.2f}".replace("-", "\u2212"))


def test_open_bins_have_no_end_and_others_their_mean(source: PageSource) -> None:
    bins = drawn(source, "pages_viewed")["bins"]
    assert (bins[0]["low"], bins[-1]["high"]) == (None, None)
    inner = [b for b in bins if b["low"] is not None and b["high"] is not None]
    assert all(b["low"] <= b["mean"] < b["high"] for b in inner)


def test_ghosts_are_there_once_something_else_is_filtered(source: PageSource) -> None:
    assert drawn(source, "age")["ghosts"] == []
    assert drawn(source, "age", "?age=18..36")["ghosts"] == []
    whole = [rate["value"] for rate in drawn(source, "age")["rates"]]
    assert drawn(source, "age", "?device=Mobile")["ghosts"] == whole


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        (Estimate(0.12, 0.1, 0.14, 900), "r = 0.12 (0.10 to 0.14)"),
        (Estimate(0.1234, 0.121, 0.125, 90_000), "r = 0.123 (0.121 to 0.125)"),
        (Estimate(0.01, -0.03, 0.05, 900), "r = 0.01 (\u22120.03 to 0.05, so perhaps none)"),
        (Estimate(0.5, None, None, 9), "r = 0.50 (too few for an interval)"),
    ],
)
def test_a_correlation_is_said_with_its_interval(context: Context, estimate: Estimate, expected: str) -> None:
    assert relation_summary(result(estimate), context.number_format) == f"Wait and conversion: Old {expected}."


def test_a_missing_correlation_says_why(context: Context) -> None:
    told = relation_summary(result(None, no_correlation="Wait is kept in bands."), context.number_format)
    assert told == "Wait and conversion: Wait is kept in bands."


def test_its_table_has_the_ends_of_each_bin(source: PageSource, context: Context) -> None:
    view = relation_views(context)[-1]
    (made,) = source.answers.results(view.requests(source.understand("")[0])[:1])
    table = relation_table(made, context.config.catalog)
    assert [row[:3] for row in table.rows][:2] == [("under 18", None, 18.0), ("18–25", 18.0, 26.0)]
