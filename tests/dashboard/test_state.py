"""The URL of a page is a filter and options."""

from dashboard.state import PageState, is_option


def test_options_are_told_from_dimensions_by_their_hyphen() -> None:
    state = PageState.of("?device=Mobile,Tablet&heatmap-rows=location&day=2026-07-01..2026-08-01")
    assert state.filter_query == "device=Mobile,Tablet&day=2026-07-01..2026-08-01"
    assert state.options == {"heatmap-rows": "location"}


def test_equal_options_have_equal_queries() -> None:
    queries = {PageState.of(s).options_query() for s in ("a-b=1&c-d=x%20y", "?c-d=x+y&a-b=1&e-f=")}
    assert queries == {"a-b=1&c-d=x%20y"}


def test_a_hyphen_counts_in_the_key_only() -> None:
    assert (is_option("a-b"), is_option("a%2Db"), is_option("device")) == (True, True, False)
