"""The heatmap says the rate of each combination of two dimensions, and how far it can be trusted."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.heatmap import HeatmapResult
from dashboard.page import PageSource
from dashboard.view import Context, View
from dashboard.views.heatmap import heatmap_summary, heatmap_table, heatmap_views
from semantic.filter import Filter
from tests.dashboard.sample import Sample, sample_frame

FRAME = sample_frame(Sample())


def heatmap(source: PageSource, **options: str) -> View:
    """Return the view under some options, keys with underscores."""
    return heatmap_views(source.context({key.replace("_", "-"): word for key, word in options.items()}))[0]


def drawn(source: PageSource, search: str = "") -> dict[str, Any]:
    """Return what the browser gets."""
    return dict(source.page_data("/explore", search)["views"]["heatmap"])


def test_it_opens_on_places_and_categories(source: PageSource) -> None:
    assert heatmap(source).dimensions == ("location", "category")


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        ("device", "age", ("device", "age")),
        ("category", "", ("category", "device")),
        ("device", "device", ("device", "category")),
        ("variant", "nothing", ("variant", "category")),
        ("nothing", "variant", ("location", "variant")),
    ],
)
def test_rows_and_columns_are_never_the_same(
    source: PageSource, rows: str, columns: str, expected: tuple[str, str]
) -> None:
    assert heatmap(source, heatmap_rows=rows, heatmap_columns=columns).dimensions == expected


def test_each_cell_has_the_rate_of_its_rows(source: PageSource) -> None:
    arrays, place = drawn(source), 0
    rates = FRAME.groupby(["location", "category"], observed=True)["converted"].agg(["mean", "size"])
    for row in arrays["rows"]["members"]:
        for column in arrays["columns"]["members"]:
            cell = rates.loc[(row, column)]
            assert arrays["cells"]["value"][place] == pytest.approx(cell["mean"], abs=1e-5)
            assert arrays["cells"]["n"][place] == cell["size"]
            place += 1


def test_a_ghost_is_the_rate_of_all_sessions_in_the_same_cell(source: PageSource) -> None:
    assert drawn(source)["ghosts"] == []
    assert drawn(source, "?device=Tablet")["ghosts"] == drawn(source)["cells"]["value"]


def test_members_that_a_filter_emptied_stay_with_their_ghost(source: PageSource) -> None:
    rows = drawn(source, "?heatmap-rows=device&heatmap-columns=gender&time_spent_s=..1")["rows"]
    assert (len(rows["members"]), sum(rows["totals"]["n"])) == (3, 0)


def result_of(source: PageSource) -> HeatmapResult:
    """Return the heatmap of all sessions."""
    result: HeatmapResult = source.answers.results(heatmap(source).requests(Filter())[:1])[0]
    return result


def test_its_table_has_a_row_for_each_cell_that_has_sessions(source: PageSource) -> None:
    table = heatmap_table(result_of(source), source.config.catalog)
    assert (len(table.rows), [c.name for c in table.columns][:3]) == (30, ["row", "column", "total"])
    assert sum(int(str(row[5])) for row in table.rows) == len(FRAME)


def test_the_summary_tells_among_how_many_the_ends_are(source: PageSource, context: Context) -> None:
    text = heatmap_summary(result_of(source), context.number_format)
    assert text.startswith("Conversion by Location and Category recommended: ")
    assert text.endswith("; the ends of 30 combinations.")


def test_cells_with_few_sessions_are_no_ends(source: PageSource, context: Context) -> None:
    result = result_of(source)
    few = replace(
        result, cells=tuple(tuple(replace(s, total=replace(s.total, n=29)) for s in row) for row in result.cells)
    )
    assert heatmap_summary(few, context.number_format).endswith("no combination has 30 sessions.")
