import numpy as np
from hypothesis import given

from analytics.funnel.any_order import places_in_any_order
from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.drawn import LOGS, funnels_in_any_order
from tests.analytics.funnel.slow import log_of

A_B_C = (Step(("a",)), Step(("b",)), Step(("c",)))


def test_steps_are_told_as_they_were_done() -> None:
    first, at = places_in_any_order(log_of([(0, 1, "c"), (0, 2, "x"), (0, 3, "a")]), FunnelSpec(A_B_C, "any"))
    assert (first.tolist(), at.tolist()) == ([0], [[0, 2, -1]])


def test_the_best_window_counts_and_of_equal_ones_the_earliest() -> None:
    log = log_of([(0, 0, "a"), (0, 9, "b"), (0, 10, "c"), (0, 30, "a"), (0, 31, "b")])
    first, at = places_in_any_order(log, FunnelSpec(A_B_C, "any", window_ms=5))
    assert (first.tolist(), at.tolist()) == ([1], [[1, 2, -1]])


def test_an_excluded_event_begins_anew() -> None:
    steps = (Step(("a",)), Step(("b",), excluded=("x",)))
    _, at = places_in_any_order(log_of([(0, 1, "a"), (0, 2, "x"), (0, 3, "b")]), FunnelSpec(steps, "any"))
    assert at.tolist() == [[0, -1]]


@given(LOGS, funnels_in_any_order())
def test_steps_ascend_from_the_first_event_in_the_window(log, spec) -> None:
    first, at = places_in_any_order(log, spec)
    for begun, places in zip(first, at, strict=True):
        done = places[places >= 0]
        assert begun <= done[0]
        assert (np.diff(done) > 0).all()
        assert spec.window_ms is None or log.time[done[-1]] - log.time[begun] <= spec.window_ms
