from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analytics.heterogeneity.result import HeterogeneityResult
from dashboard.view import Context
from dashboard.views.experiment.heterogeneity import heterogeneity_views, outcome_choice
from semantic.filter import Filter
from tests.analytics.heterogeneity.test_heterogeneity import heterogeneity, mobile_gains


@pytest.fixture(scope="module")
def found() -> HeterogeneityResult:
    return heterogeneity(mobile_gains, n_users=12_000, method="fixed")


def blocks_of(context: Context, result: HeterogeneityResult) -> list[dict[str, Any]]:
    (view,) = heterogeneity_views(context)
    return list(view.arrays(result, None)["blocks"])


def test_everybody_stands_on_top_and_members_below_their_dimension(
    context: Context, found: HeterogeneityResult
) -> None:
    table = next(block for block in blocks_of(context, found) if block["kind"] == "table")
    names = [row[0]["text"] for row in table["rows"]]
    assert names == ["Everybody", "By device", "Mobile", "Desktop", "Tablet", "By location", "Delhi", "Mumbai"]
    assert {len(row) for row in table["rows"]} == {len(table["columns"])}


def test_what_stands_out_is_a_word(context: Context, found: HeterogeneityResult) -> None:
    table = next(block for block in blocks_of(context, found) if block["kind"] == "table")
    mobile, delhi = table["rows"][2], table["rows"][6]
    assert (mobile[-1]["text"], mobile[-1]["under"], mobile[4]["tone"]) == ("Gains", "more than others", "main")
    assert delhi[-1]["text"] == ("Gains" if delhi[4]["tone"] == "main" else "Not shown")
    assert table["rows"][1][-1]["text"] == "Differs"


def test_a_press_on_a_segment_filters_by_all_its_members(context: Context, found: HeterogeneityResult) -> None:
    single, pairs = (block["rows"] for block in blocks_of(context, found) if block["kind"] == "table")
    picks = [row[0].get("pick", {}).get("members") for row in single]
    assert picks[:3] == [None, None, [("device", "Mobile")]]
    assert [name for name, _ in pairs[0][0]["pick"]["members"]] == ["device", "location"]


def test_what_was_pressed_is_left_out_of_the_card_while_it_holds(context: Context) -> None:
    (view,) = heterogeneity_views(replace(context, options={"heterogeneity-chosen": "device=Mobile"}))
    assert {"device", "location", "gender", "age"} == set(view.dimensions)
    for asked, kept in (("device=Mobile&gender=Male", "gender=Male"), ("device=Tablet", "device=Tablet")):
        assert view.requests(Filter.from_query(asked))[0].where == Filter.from_query(kept)


def test_pairs_stand_in_a_table_of_their_own(context: Context, found: HeterogeneityResult) -> None:
    tables = [block for block in blocks_of(context, found) if block["kind"] == "table"]
    assert len(tables) == 2
    assert tables[1]["rows"][0][0]["text"].startswith("Mobile × ")


def test_the_card_says_only_what_the_headline_does(context: Context, found: HeterogeneityResult) -> None:
    (view,) = heterogeneity_views(context)
    assert view.summary(found).startswith("The effect of New differs by device. By more than chance: Mobile (gains")
    told = [block["text"] for block in blocks_of(context, found) if block["kind"] == "paragraph"]
    assert any("11 segments looked at; any wrong claim among them" in text for text in told)


def test_the_table_twin_has_everybody_and_each_segment(context: Context, found: HeterogeneityResult) -> None:
    (view,) = heterogeneity_views(context)
    table = view.table(found)
    assert [row[2] for row in table.rows][:2] == ["everybody", "Mobile"]
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_reader_chooses_outcome_and_dimensions(context: Context) -> None:
    (view,) = heterogeneity_views(context)
    assert [choice.option for choice in view.choices] == ["heterogeneity-metric", "heterogeneity-depth"]
    assert (view.params.metric, view.params.depth) == ("conversion_rate", 1)
    assert "users_converting" not in dict(outcome_choice(context, "novelty-metric", per_session=True).values)


def test_a_segment_that_goes_the_other_way_is_told(context: Context) -> None:
    lost = heterogeneity(lambda device, _: np.where(device == 2, 0.5, 1.3), n_users=12_000, method="fixed", depth=1)
    table = next(block for block in blocks_of(context, lost) if block["kind"] == "table")
    assert table["rows"][4][-1]["under"] == "less than others, the other way"


def test_nothing_to_compare_is_one_sentence(context: Context) -> None:
    nothing = heterogeneity(n_users=1)
    assert blocks_of(context, nothing)[0]["text"].startswith("Only ")
    assert heterogeneity_views(context)[0].summary(nothing).startswith("Only ")
