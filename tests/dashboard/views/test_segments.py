"""The card of segments: what its rows say, and what a click leaves out of its own numbers."""

from dataclasses import replace

import pytest

from analytics.analysis import run
from analytics.segments import SegmentsResult
from dashboard.view import Context, View
from dashboard.views.segments import (
    NONE_STANDS_OUT,
    away,
    chosen_segment,
    segments_sentence,
    segments_table,
    segments_views,
    words,
)
from semantic.filter import EVERYTHING, Filter
from semantic.store import Store


@pytest.fixture(scope="module")
def result(context: Context, loaded_store: Store) -> SegmentsResult:
    """Return the segments of the sample."""
    (found,) = run(loaded_store, view(context).requests(EVERYTHING))
    assert isinstance(found, SegmentsResult)
    return found


def view(context: Context, **options: str) -> View:
    """Return the card under these options, written with an underscore for the hyphen."""
    chosen = {name.replace("_", "-"): value for name, value in options.items()}
    (made,) = segments_views(replace(context, options=chosen))
    return made


def test_the_choices_reach_the_analysis(context: Context) -> None:
    params = view(context, segments_depth="3", segments_min="500").params
    assert (params.depth, params.min_sessions) == (3, 500)


def test_a_row_says_rates_with_interval_and_n(context: Context, result: SegmentsResult) -> None:
    row, first = view(context).arrays(result, None)["best"][0], result.best[0]
    assert row["words"] == words(first) == " · ".join(member for _, member in row["members"])
    assert row["raw"].endswith(f" of {context.number_format.count(first.rate.n)}")
    assert (row["value"], row["low"], row["high"]) == (
        first.shrunken_rate.value, first.shrunken_rate.low, first.shrunken_rate.high
    )  # fmt: skip
    assert [one["name"] for one in row["engines"]] == ["Old", "New"]


def test_the_details_tell_p_both_ways_and_the_difference(context: Context, result: SegmentsResult) -> None:
    names = [name for name, _ in view(context).arrays(result, None)["worst"][0]["details"]]
    assert names[-3:] == ["Difference to the whole", "p", f"p, adjusted for {result.n_looked_at} looked at"]


def test_where_nothing_stands_out_the_card_says_so_first(context: Context, result: SegmentsResult) -> None:
    nothing = replace(result, n_stand_out=0)
    assert view(context).arrays(nothing, None)["lead"] == NONE_STANDS_OUT
    assert segments_sentence(nothing, context.number_format).startswith(NONE_STANDS_OUT)
    assert view(context).arrays(replace(result, n_stand_out=1), None)["lead"] == ""


def test_a_chosen_segment_is_left_out_of_its_own_card(context: Context) -> None:
    card = view(context, segments_chosen="device=Mobile&location=Mumbai")
    where = Filter.from_query("device=Mobile&gender=Female&location=Mumbai")
    assert card.requests(where)[0].where == Filter.from_query("gender=Female")


@pytest.mark.parametrize("query", ["device=Mobile", "device=Tablet&location=Mumbai", "day=2026-07-01..2026-07-03"])
def test_any_other_filter_holds_on_the_card(context: Context, query: str) -> None:
    card, where = view(context, segments_chosen="device=Mobile&location=Mumbai"), Filter.from_query(query)
    assert card.requests(where)[0].where == where


def test_a_chosen_segment_that_cannot_be_read_is_none() -> None:
    assert chosen_segment({"segments-chosen": "time_spent_s=x..y"}) == EVERYTHING


def test_the_table_holds_both_lists_unrounded(result: SegmentsResult) -> None:
    table = segments_table(result)
    assert len(table.rows) == len(result.best) + len(result.worst)
    assert table.rows[0][:2] == ("best", f"{result.best[0].members[0].label}: {result.best[0].members[0].member}")
    assert table.rows[0][3] == result.best[0].shrunken_rate.value


def test_a_difference_is_told_without_a_sign(context: Context, result: SegmentsResult) -> None:
    told = away(result.worst[0].difference, context.number_format)
    assert told.endswith("points below the whole")
    assert told[0].isdigit()
