"""The frame names only what exists."""

from dash import html

from dashboard.components.frame import foot, navigation, no_data, print_foot, print_head, top_bar
from dashboard.pages import PAGES


def test_the_navigation_lists_the_pages_that_exist() -> None:
    links = [part for part in navigation("Product").children if isinstance(part, html.A)][1:]
    assert [link.children for link in links] == [page.title for page in PAGES]
    assert [link.to_plotly_json()["props"]["data-page"] for link in links] == [page.name for page in PAGES]


def test_the_top_bar_has_share_print_and_theme() -> None:
    assert {"share", "print", "theme", "freshness", "origin"} <= {
        getattr(part, "id", "") for part in top_bar().children
    }


def test_the_foot_tells_the_level_of_the_intervals() -> None:
    assert "their 90 % intervals" in foot("90 %").children[0]


def test_a_page_without_data_is_an_alert() -> None:
    assert no_data("Load first.").to_plotly_json()["props"]["role"] == "alert"


def test_a_printed_page_has_a_head_and_a_foot_that_screens_do_not_show() -> None:
    props = [part.to_plotly_json()["props"] for part in (print_head(), print_foot())]
    assert [one["id"] for one in props] == ["print-head", "print-foot"]
    assert {one["className"] for one in props} == {"print-only"}


def test_the_foot_names_the_baseline() -> None:
    (baseline,) = (part for part in foot("90 %").children if getattr(part, "className", "") == "baseline-words")
    assert baseline.children == "all sessions"


def test_saved_views_open_from_the_top_bar() -> None:
    (holder,) = (part for part in top_bar().children if getattr(part, "className", "") == "holder")
    assert holder.children[0].to_plotly_json()["props"]["data-popover"] == "views"
