"""The Explore page, used with clicks, drags and keys."""

from semantic.filter import Filter, RangeClause
from tests.dashboard.sample import Sample, sample_frame
from tests.e2e.explore import Explore
from tests.e2e.overview import Overview

FRAME = sample_frame(Sample())


def explore(overview: Overview, search: str = "") -> Explore:
    """Open the page."""
    return Explore(overview, search)


def clause(page: Explore, dimension: str) -> RangeClause:
    """Return the range in force on a dimension."""
    found = Filter.from_query(page.search).clause(dimension)
    assert isinstance(found, RangeClause)
    return found


def n_between(column: str, low: float, high: float) -> int:
    """Return how many sessions have a number in a range."""
    return int(FRAME[column].between(low, high, inclusive="left").sum())


def test_a_click_on_a_cell_filters_by_both_dimensions_in_one_step(overview: Overview) -> None:
    page = explore(overview).click_cell("Mumbai", "Books")
    assert page.search == "?category=Books&location=Mumbai"
    assert page.chosen_cells() == [("Mumbai", "Books")]
    overview.find("#undo").click()
    assert page.settled().search == ""


def test_a_second_click_on_a_cell_takes_both_away(overview: Overview) -> None:
    page = explore(overview, "?device=Mobile").click_cell("Mumbai", "Books").click_cell("Mumbai", "Books")
    assert page.search == "?device=Mobile"


def test_shift_adds_a_row_and_a_column(overview: Overview) -> None:
    page = explore(overview).click_cell("Mumbai", "Books").click_cell("Delhi", "Home", shift=True)
    assert page.search == "?category=Books,Home&location=Delhi,Mumbai"
    assert len(page.chosen_cells()) == 4


def test_a_heading_filters_its_own_dimension(overview: Overview) -> None:
    assert explore(overview).click_heading("Mumbai").search == "?location=Mumbai"


def test_cells_are_reached_by_arrow_keys(overview: Overview) -> None:
    page = explore(overview)
    rows, columns = page.members()
    page.press_in_heatmap("ArrowRight", "ArrowDown", "Enter")
    assert page.search == f"?category={columns[1]}&location={rows[1]}"
    assert page.focused() == (rows[1], columns[1])


def test_rows_and_columns_change_places(overview: Overview) -> None:
    page = explore(overview).choose("heatmap-rows", "category")
    assert page.search == "?heatmap-rows=category"
    assert page.value_of("heatmap-columns") not in ("", "category")


def test_the_baseline_stands_in_each_cell_once_filtered(overview: Overview) -> None:
    page = explore(overview)
    assert not overview.exists(".heat-ghost")
    overview.open("?device=Tablet", "/explore")
    page.settled()
    assert len(overview.driver.find_elements("css selector", ".heat-ghost")) == 30


def test_a_click_on_a_bin_takes_its_range_and_a_second_removes_it(overview: Overview) -> None:
    page = explore(overview).click_bin("relation_time_spent_s", 3)
    low, high = page.ends("time_spent_s", 3)
    assert (clause(page, "time_spent_s").low, clause(page, "time_spent_s").high) == (low, high)
    assert page.sessions == n_between("time_spent_s", low, high)
    assert page.click_bin("relation_time_spent_s", 3).search == ""


def test_a_drag_over_bins_snaps_to_their_edges(overview: Overview) -> None:
    page = explore(overview).drag_bins("relation_time_spent_s", 2, 5)
    found = clause(page, "time_spent_s")
    assert (found.low, found.high) == (page.ends("time_spent_s", 2)[0], page.ends("time_spent_s", 5)[1])
    assert page.chosen_bins("relation_time_spent_s") == [2, 3, 4, 5]


def test_shift_extends_a_range(overview: Overview) -> None:
    page = explore(overview).click_bin("relation_pages_viewed", 3).click_bin("relation_pages_viewed", 6, shift=True)
    assert page.chosen_bins("relation_pages_viewed") == [3, 4, 5, 6]


def test_a_range_is_chosen_and_extended_by_keyboard(overview: Overview) -> None:
    page = explore(overview).press_in("relation_age", "Enter", "Shift+ArrowRight")
    first = clause(page, "age")
    assert (first.low, first.high) == (18.0, 36.0)
    assert page.press_in("relation_age", "Shift+ArrowLeft").search == "?age=18..26"


def test_an_open_bin_leaves_its_end_open(overview: Overview) -> None:
    assert explore(overview).click_bin("relation_age", 4).search == "?age=51.."


def test_the_distribution_takes_the_same_gestures(overview: Overview) -> None:
    page = explore(overview).drag_bins("distribution", 2, 4)
    assert page.chosen_bins("distribution") == [2, 3, 4]
    assert page.chosen_bins("relation_pages_viewed") == [3, 4, 5]


def test_a_drag_over_days_keeps_whole_days(overview: Overview) -> None:
    page = explore(overview, "?distribution-of=day").drag_bins("distribution", 10, 19)
    assert page.search == "?day=2026-07-11..2026-07-21&distribution-of=day"


def test_any_metric_emits_too(overview: Overview) -> None:
    page = explore(overview)
    overview.click("metric", "Tablet")
    assert page.search == "?device=Tablet"
    assert page.choose("metric-by", "gender").search == "?device=Tablet&metric-by=gender"


def test_a_range_marks_its_members_in_other_cards(overview: Overview) -> None:
    explore(overview, "?age=18..36&metric-by=age")
    overview.seen()
    assert overview.chosen("metric") == ["18–25", "26–35"]
