"""Breakdowns say for each member what each engine does, and never more than the data."""

from dataclasses import replace

from analytics.breakdown import BreakdownResult, BreakdownRow
from analytics.estimate import Estimate
from dashboard.view import Context
from dashboard.views.breakdown import breakdown_view, breakdown_views, sentence
from semantic.domain import Domain
from semantic.snapshot import Snapshot

KNOWN = Estimate(0.33, 0.326, 0.334, 33_412)
NOTHING = Estimate(None, None, None, 0)


def result(*rows: BreakdownRow, n_members: int = 2) -> BreakdownResult:
    """Return a breakdown by device."""
    return BreakdownResult("device", "Device", ("Old", "New"), rows, n_members)


def row(member: str, estimate: Estimate) -> BreakdownRow:
    """Return a member whose engines all do the same."""
    return BreakdownRow(member, estimate, (estimate, estimate))


def test_a_tooltip_says_a_sentence_with_interval_and_n(context: Context) -> None:
    text = sentence("Mobile, New", KNOWN, context.number_format).replace("\u00a0", " ")
    assert text == "Mobile, New: 33.0 % convert (32.6 – 33.4 %), 33,412 sessions"


def test_a_member_without_sessions_says_so(context: Context) -> None:
    assert sentence("Mobile, New", NOTHING, context.number_format) == "Mobile, New: no sessions"


def test_members_that_the_whole_data_lacks_are_left_out(context: Context) -> None:
    view = breakdown_view(context.config.catalog.dimension("device"), context)
    everything = result(row("Mobile", KNOWN), row("Watch", NOTHING))
    assert [r["member"] for r in view.arrays(everything, everything)["rows"]] == ["Mobile"]


def test_members_that_only_the_filter_emptied_stay_with_their_ghost(context: Context) -> None:
    view = breakdown_view(context.config.catalog.dimension("device"), context)
    rows = view.arrays(result(row("Mobile", NOTHING)), result(row("Mobile", KNOWN)))["rows"]
    assert rows[0]["variants"][0]["value"] is None
    assert rows[0]["ghosts"] == [0.33, 0.33]


def test_members_left_out_are_told(context: Context) -> None:
    view = breakdown_view(context.config.catalog.dimension("device"), context)
    some = result(row("Mobile", KNOWN), n_members=45)
    assert view.arrays(some, some)["left_out"] == "the largest 1 of 45"


def test_places_that_no_map_knows_become_a_breakdown(context: Context) -> None:
    location = context.config.catalog.dimension("location")
    domains = dict(context.snapshot.domains) | {"location": Domain(location, ("Region 1", "Region 2"))}
    cube = replace(context.snapshot.cube, domains=domains)
    snapshot: Snapshot = replace(context.snapshot, cube=cube)
    names = [view.name for view in breakdown_views(Context(context.config, snapshot))]
    assert "location" in names
    assert "location" not in [view.name for view in breakdown_views(context)]


def test_a_tooltip_says_the_baseline_too(context: Context) -> None:
    view = breakdown_view(context.config.catalog.dimension("device"), context)
    everything = result(row("Mobile", KNOWN))
    beside, alone = (view.arrays(everything, ghost)["rows"][0]["variants"][0]["text"] for ghost in (everything, None))
    assert beside.startswith(alone + "; all sessions: 33.0")
