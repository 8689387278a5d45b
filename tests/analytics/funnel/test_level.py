import numpy as np
from hypothesis import given

from analytics.funnel.level import levels_of
from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.drawn import LOGS, ordered_funnels
from tests.analytics.funnel.slow import log_of


@given(LOGS, ordered_funnels())
def test_places_ascend_and_starts_never_descend(log, spec) -> None:
    for level in levels_of(log, spec):
        assert (np.diff(level.at) > 0).all()
        assert (np.diff(level.start) >= 0).all()


@given(LOGS, ordered_funnels())
def test_a_parent_stands_before_its_child_in_the_same_unit(log, spec) -> None:
    levels = levels_of(log, spec)
    before = levels[0]
    for step, level in zip(spec.steps[1:], levels[1:], strict=True):
        assert (before.at[level.parent] < level.at).all()
        assert (log.unit[before.at[level.parent]] == log.unit[level.at]).all()
        before = before if step.is_optional else level


def test_each_event_has_the_latest_start_that_can_have_it() -> None:
    log = log_of([(0, 1, "a"), (0, 2, "b"), (0, 3, "a"), (0, 4, "b"), (1, 5, "b")])
    level = levels_of(log, FunnelSpec((Step(("a",)), Step(("b",)))))[1]
    assert (level.at.tolist(), level.start.tolist()) == ([1, 3], [0, 2])
