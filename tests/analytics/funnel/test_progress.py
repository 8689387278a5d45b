import numpy as np
import pytest
from hypothesis import given, settings

from analytics.funnel.progress import progress_of
from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.drawn import LOGS, funnels_in_any_order, ordered_funnels
from tests.analytics.funnel.slow import log_of, slow_any_order, slow_places, slow_totals

A_B_C = (Step(("a",)), Step(("b",)), Step(("c",)))
MANY = settings(max_examples=300, deadline=None)


def reached(events: str, spec: FunnelSpec, until: int = 1_000) -> list[bool]:
    """Return which steps one unit reached by events of a letter and a time each."""
    rows = [(0, int(event[1:]), event[0]) for event in events.split()]
    return progress_of(log_of(rows, until), spec).is_reached[0].tolist()


@MANY
@given(LOGS, ordered_funnels())
def test_any_start_agrees_with_trying_every_chain(log, spec) -> None:
    found = progress_of(log, spec)
    places = dict(zip(found.unit.tolist(), found.at.tolist(), strict=True))
    assert places == slow_places(log, spec)


@MANY
@given(LOGS, ordered_funnels(counted="totals", may_skip=False))
def test_totals_agree_with_giving_each_event_to_the_latest_start(log, spec) -> None:
    assert progress_of(log, spec).is_reached.sum(axis=0).tolist() == slow_totals(log, spec)


@MANY
@given(LOGS, funnels_in_any_order())
def test_any_order_agrees_with_trying_every_window(log, spec) -> None:
    found = progress_of(log, spec)
    ways = zip(found.furthest.tolist(), found.at.max(axis=1, initial=-1).tolist(), strict=True)
    assert dict(zip(found.unit.tolist(), ways, strict=True)) == slow_any_order(log, spec)


@MANY
@given(LOGS, ordered_funnels())
def test_a_chain_lies_in_its_unit_in_its_order_and_window(log, spec) -> None:
    found = progress_of(log, spec)
    assert (found.start[found.is_reached] <= found.at[found.is_reached]).all()
    if spec.window_ms is not None and spec.window_from == "start":
        assert (found.elapsed[found.is_reached] <= spec.window_ms).all()


def test_a_later_start_counts_where_the_first_one_fails() -> None:
    assert reached("a1 a50 b52 c55", FunnelSpec(A_B_C, window_ms=10)) == [True, True, True]


def test_a_window_by_step_needs_the_latest_event_of_a_step() -> None:
    assert reached("a0 b5 b9 c18", FunnelSpec(A_B_C, window_ms=10, window_from="step")) == [True, True, True]
    assert reached("a0 b5 b9 c18", FunnelSpec(A_B_C, window_ms=10)) == [True, True, False]


def test_strict_order_allows_nothing_between() -> None:
    assert reached("a1 x2 b3 c4", FunnelSpec(A_B_C, "strict")) == [True, False, False]
    assert reached("a1 x2 a3 b4 c5", FunnelSpec(A_B_C, "strict")) == [True, True, True]


def test_an_excluded_event_breaks_only_the_chains_that_it_stands_in() -> None:
    spec = FunnelSpec((Step(("a",)), Step(("b",), excluded=("x",))))
    assert reached("a1 x2 b3", spec) == [True, False]
    assert reached("a1 x2 a3 b4", spec) == [True, True]


def test_an_optional_step_is_not_needed_by_later_ones() -> None:
    spec = FunnelSpec((Step(("a",)), Step(("b",), is_optional=True), Step(("c",))))
    assert reached("a1 c2", spec) == [True, False, True]
    assert reached("a1 b2", spec) == [True, True, False]


def test_a_repeated_step_is_reached_with_the_last_repetition() -> None:
    spec = FunnelSpec((Step(("a",)), Step(("b",), times=2)))
    assert reached("a1 b2", spec) == [True, False]
    found = progress_of(log_of([(0, 1, "a"), (0, 2, "b"), (0, 5, "b")]), spec)
    assert found.elapsed.tolist() == [[0, 4]]


def test_the_way_that_counts_is_through_earliest_and_begins_latest() -> None:
    found = progress_of(log_of([(0, 1, "a"), (0, 4, "a"), (0, 6, "b"), (0, 9, "b")]), FunnelSpec(A_B_C[:2]))
    assert found.times.tolist() == [[4, 6]]


def test_two_starts_and_one_purchase_are_one_total() -> None:
    log = log_of([(0, 1, "a"), (0, 2, "a"), (0, 3, "b"), (0, 4, "b")])
    assert progress_of(log, FunnelSpec(A_B_C[:2], counted="totals")).is_reached.sum(axis=0).tolist() == [2, 1]


def test_sessions_are_counted_each_on_its_own() -> None:
    log = log_of([(0, 1, "a"), (0, 2, "b"), (0, 3, "a"), (0, 4, "b")], sessions=[7, 7, 8, 7])
    found = progress_of(log, FunnelSpec(A_B_C[:2], counted="sessions"))
    assert found.is_reached.tolist() == [[True, True], [True, False]]
    assert (found.unit.tolist(), found.sessions_at(1).tolist()) == ([7, 8], [7])


@pytest.mark.parametrize(("until", "is_open"), [(60, [True]), (61, [False])])
def test_who_began_less_than_a_window_before_the_end_is_open(until, is_open) -> None:
    log = log_of([(0, 1, "a"), (0, 51, "a"), (0, 52, "x")], until)
    assert progress_of(log, FunnelSpec(A_B_C, window_ms=10)).is_open.tolist() == is_open


def test_who_is_through_is_never_open() -> None:
    log = log_of([(0, 51, "a"), (0, 52, "b")], until=53)
    assert progress_of(log, FunnelSpec(A_B_C[:2], window_ms=10)).is_open.tolist() == [False]


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
def test_without_events_there_are_no_units(order) -> None:
    found = progress_of(log_of([]), FunnelSpec(A_B_C, order, window_ms=5))
    assert (found.at.shape, found.times.shape, found.is_open.size) == ((0, 3), (0, 3), 0)
    assert found.furthest.size == found.has_converted.sum() == np.size(found.unit) == 0
