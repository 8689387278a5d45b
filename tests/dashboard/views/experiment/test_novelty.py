from dataclasses import replace
from typing import Any

import pytest

from analytics.novelty.result import NoveltyResult
from dashboard.view import Context, View
from dashboard.views.experiment.novelty import novelty_views
from tests.analytics.novelty.test_novelty import novelty
from tests.analytics.segmented_users import returning_users


@pytest.fixture(scope="module")
def found() -> NoveltyResult:
    return novelty(returning_users(1, 6_000, lambda since: 1.3 + 0 * since))


def views(context: Context, **options: str) -> tuple[View, ...]:
    return novelty_views(replace(context, options={key.replace("_", "-"): word for key, word in options.items()}))


def chart_of(view: View, result: NoveltyResult) -> dict[str, Any]:
    return next(block for block in view.arrays(result, None)["blocks"] if block["kind"] == "chart")


def test_each_look_is_a_point_with_its_interval(context: Context, found: NoveltyResult) -> None:
    evidence, _ = views(context)
    (line,) = chart_of(evidence, found)["series"]
    assert len(line["points"]) == len(found.treatments[0].looks)
    assert line["points"][0][0] == 0
    assert line["points"][-1][4] == found.treatments[0].whole.n


def test_days_in_sentences_are_written_as_people_do(context: Context, found: NoveltyResult) -> None:
    evidence, _ = views(context)
    said = evidence.summary(found)
    assert said.startswith("New was first shown to do more than control on ")
    assert "2026-03-" not in said


def test_spans_are_named_by_days_since_the_first_session(context: Context, found: NoveltyResult) -> None:
    _, lasting = views(context)
    chart = chart_of(lasting, found)
    assert chart["x"]["members"][:4] == ["0", "1", "2–3", "4–6"]
    assert chart["lines"][0]["label"] == "all days"


def test_the_reader_may_look_by_date(context: Context, found: NoveltyResult) -> None:
    _, lasting = views(context, novelty_by="date")
    chart = chart_of(lasting, found)
    assert len(chart["x"]["members"]) == len(found.treatments[0].by_date)
    assert chart["x"]["label"] == "Date"


def test_the_lift_after_the_first_day_stands_below(context: Context, found: NoveltyResult) -> None:
    _, lasting = views(context)
    listing = next(block for block in lasting.arrays(found, None)["blocks"] if block["kind"] == "listing")
    assert [name for name, _ in listing["rows"]] == ["All days", "After each user's first day", "Change over time, p"]


def test_when_it_was_first_shown_stands_below_the_evidence(context: Context, found: NoveltyResult) -> None:
    evidence, _ = views(context)
    listing = next(block for block in evidence.arrays(found, None)["blocks"] if block["kind"] == "listing")
    names, values = zip(*listing["rows"], strict=True)
    assert names == ("Looks", "First shown", "p at the last look")
    assert values[0] == "20"
    assert values[1].endswith("Mar 2026")


def test_table_twins_hold_every_look_and_span(context: Context, found: NoveltyResult) -> None:
    evidence, lasting = views(context)
    (one,) = found.treatments
    assert len(evidence.table(found).rows) == len(one.looks)
    assert len(lasting.table(found).rows) == len(one.since_first) + len(one.by_date) + 2
    assert {len(row) for row in lasting.table(found).rows} == {len(lasting.table(found).columns)}


def test_nothing_to_compare_is_one_sentence(context: Context) -> None:
    nothing = novelty(returning_users(1, 1))
    for view in views(context):
        assert view.summary(nothing).startswith("Only ")
        assert [block["kind"] for block in view.arrays(nothing, None)["blocks"]] == ["paragraph"]
