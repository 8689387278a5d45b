import numpy as np
import pytest

from semantic.errors import UnknownNameError
from tests.analytics.funnel.slow import log_of

MIXED = log_of([(1, 5, "a"), (0, 9, "b"), (0, 3, "c"), (0, 3, "a")])


def test_events_are_ordered_by_unit_and_time_and_ties_stay_as_they_came() -> None:
    log = MIXED.in_order
    assert log.unit.tolist() == [0, 0, 0, 1]
    assert [log.names[code] for code in log.name] == ["c", "a", "b", "a"]


def test_a_log_in_order_is_itself() -> None:
    assert MIXED.in_order.in_order is MIXED.in_order


def test_by_session_the_session_is_the_unit() -> None:
    log = log_of([(0, 1, "a"), (0, 2, "b"), (1, 1, "c")], sessions=[5, 4, 4]).by_session
    assert (log.unit.tolist(), log.time.tolist()) == ([4, 4, 5], [1, 2, 1])


def test_places_of_names_ascend_and_hold_each_event_once() -> None:
    log = MIXED.in_order
    assert log.places_of(("b", "a", "a")).tolist() == [1, 2, 3]
    assert log.places_of(()).dtype == np.intp


def test_an_unknown_event_is_named_with_what_is_known() -> None:
    with pytest.raises(UnknownNameError, match="unknown event 'purchas'"):
        MIXED.places_of(("purchas",))
