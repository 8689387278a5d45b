"""The distribution counts sessions per member and engine, and says what it leaves out."""

from dataclasses import replace
from typing import Any

from analytics.distribution import DistributionResult
from dashboard.page import PageSource
from dashboard.view import Context
from dashboard.views.distribution import distribution_summary, distribution_table, distribution_views
from semantic.filter import Filter
from tests.dashboard.sample import Sample, sample_frame

FRAME = sample_frame(Sample())


def drawn(source: PageSource, search: str = "") -> dict[str, Any]:
    """Return what the browser gets."""
    return dict(source.page_data("/explore", search)["views"]["distribution"])


def made(source: PageSource) -> DistributionResult:
    """Return the distribution of pages viewed over all sessions."""
    view = distribution_views(source.context())[0]
    result: DistributionResult = source.answers.results(view.requests(Filter())[:1])[0]
    return result


def test_it_opens_on_pages_viewed_and_adds_up(source: PageSource) -> None:
    arrays = drawn(source)
    assert (arrays["label"], arrays["is_ordered"]) == ("Pages viewed", True)
    assert [sum(n) for n in arrays["n"]] == [int((FRAME["variant"] == v).sum()) for v in ("Old", "New")]


def test_categories_are_counted_without_an_order(source: PageSource) -> None:
    arrays = drawn(source, "?distribution-of=category")
    counts = {b["member"]: sum(n) for b, n in zip(arrays["bins"], zip(*arrays["n"], strict=True), strict=True)}
    assert (arrays["is_ordered"], counts) == (False, FRAME["category"].value_counts().to_dict())


def test_open_bins_that_no_session_ever_had_are_not_drawn(source: PageSource) -> None:
    bins, members = drawn(source)["bins"], made(source).rows
    assert members[0].n_sessions == 0
    assert bins[0]["member"] != members[0].member


def test_ghosts_are_shares_of_the_baseline(source: PageSource) -> None:
    whole = drawn(source)
    assert whole["ghosts"] == []
    assert drawn(source, "?gender=Other")["ghosts"] == [share["value"] for share in whole["shares"]]


def test_what_is_missing_or_left_out_is_told(source: PageSource, context: Context) -> None:
    view = distribution_views(context)[0]
    partly = replace(made(source), n_missing=12, n_left_out=3, n_members=40)
    assert [note.split()[0] for note in view.arrays(partly, None)["notes"]] == ["Without", "The"]
    assert drawn(source)["notes"] == []


def test_its_table_holds_sessions_and_shares(source: PageSource, context: Context) -> None:
    table = distribution_table(made(source), context.config.catalog)
    assert [column.name for column in table.columns][:3] == ["member", "n_total", "share_total"]
    assert sum(int(str(row[1])) for row in table.rows) == len(FRAME)


def test_the_summary_names_the_most_frequent_member(source: PageSource, context: Context) -> None:
    most = max(made(source).rows, key=lambda row: row.n_sessions)
    text = distribution_summary(made(source), context.number_format)
    assert text.startswith(f"Sessions by Pages viewed: most have {most.member}, {most.n_sessions:,} or ")


def test_no_sessions_are_told(source: PageSource, context: Context) -> None:
    assert distribution_summary(replace(made(source), n_sessions=0), context.number_format).endswith("none.")
