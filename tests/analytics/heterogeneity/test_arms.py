import numpy as np
import pytest

from analytics.heterogeneity.arms import SegmentArms, segment_arms
from analytics.outcome import SESSIONS, columns_of, control_leading, primary_of
from semantic.units import UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.segmented_users import drawn_users

CATALOG = catalog_of("user_id", "device", "location")
OUTCOME = primary_of(CATALOG)


def gathered(*by: tuple[str, ...], least: int = 1) -> SegmentArms:
    users, columns = drawn_users(3, 2_000), columns_of([OUTCOME])
    whole = control_leading(users.answer(UnitQuery(columns)), CATALOG)
    answers = [users.answer(UnitQuery(columns, (*names, "variant"))) for names in by]
    return segment_arms(OUTCOME, answers, whole, CATALOG, least)


def test_sessions_of_segments_add_up_and_control_stands_first() -> None:
    found = gathered(("device",), ("device", "location"))
    assert found.variants == ("Old", "New")
    for group in found.groups:
        assert found.arm.n_sessions[group.part.places].sum(axis=0).tolist() == found.whole.n_sessions[0].tolist()


def test_segments_carry_their_members_and_codes() -> None:
    (group,) = gathered(("device", "location")).groups
    assert [tuple(one.member for one in members) for members in group.members][:3] == [
        ("Mobile", "Delhi"),
        ("Mobile", "Mumbai"),
        ("Desktop", "Delhi"),
    ]
    assert group.part.codes[:3].tolist() == [[0, 0], [0, 1], [1, 0]]
    assert group.labels == ("Device", "Location")


def test_users_with_two_devices_are_counted_in_both() -> None:
    device, place = gathered(("device",), ("location",)).groups
    assert device.share_in_several > 0
    assert place.share_in_several == 0


def test_a_dimension_with_one_large_member_makes_no_group() -> None:
    found = gathered(("device",), least=1_500)
    assert (found.groups, found.n_too_small, len(found.arm.n_units)) == ((), 2, 0)


def test_counts_of_a_segment_are_those_of_its_sessions() -> None:
    users, found = drawn_users(3, 2_000), gathered(("location",))
    inside = (users.codes["location"] == 1) & (users.codes["variant"] == 0)
    assert found.arm.n_sessions[1, 1] == inside.sum()
    assert found.arm.point.value[1, 1] == pytest.approx(np.mean(users.converted[inside]))
    assert SESSIONS in columns_of([OUTCOME])
