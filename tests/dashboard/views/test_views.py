"""The table of contents."""

from dataclasses import replace

from dashboard.view import Context
from dashboard.views import views_of


def without(context: Context, *names: str) -> Context:
    """Return the context of data that lacks some dimensions."""
    catalog = context.config.catalog
    dimensions = tuple(d for d in catalog.dimensions if d.name not in names)
    return Context(replace(context.config, catalog=replace(catalog, dimensions=dimensions)), context.snapshot)


def test_the_overview_leads_from_the_verdict_to_the_evidence(context: Context) -> None:
    names = [view.name for view in views_of(context, "overview")]
    assert names == ["verdict", "kpi", "trend", "location", "device", "category", "gender", "age"]


def test_views_of_absent_fields_are_gone(context: Context) -> None:
    names = {view.name for view in views_of(without(context, "day", "location", "gender"), "overview")}
    assert names == {"verdict", "kpi", "device", "category", "age"}


def test_a_page_that_does_not_exist_has_no_views(context: Context) -> None:
    assert views_of(context, "nowhere") == ()


def test_names_of_views_are_unique(context: Context) -> None:
    names = [view.name for view in views_of(context, "overview")]
    assert len(set(names)) == len(names)
