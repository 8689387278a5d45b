import numpy as np
import pytest

from analytics.experiment.plan import Plan
from analytics.heterogeneity.arms import segment_arms
from analytics.heterogeneity.result import TreatmentSegments
from analytics.heterogeneity.segments import treatment_segments
from analytics.outcome import columns_of, control_leading, primary_of
from semantic.units import UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.segmented_users import Lift, drawn_users

CATALOG = catalog_of("user_id", "device", "location")
OUTCOME = primary_of(CATALOG)


def tablet_loses(device: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.where(device == 2, 0.5, 1.15)


def found(lift: Lift | None = None, n_users: int = 12_000) -> TreatmentSegments:
    users, columns = drawn_users(5, n_users, lift), columns_of([OUTCOME])
    whole = control_leading(users.answer(UnitQuery(columns)), CATALOG)
    answers = [users.answer(UnitQuery(columns, (name, "variant"))) for name in ("device", "location")]
    return treatment_segments(segment_arms(OUTCOME, answers, whole, CATALOG, 100), 1, OUTCOME, Plan("fixed"))


def test_a_segment_that_goes_the_other_way_is_marked() -> None:
    rows = {one.members[0].member: one for one in found(tablet_loses).segments}
    assert {name for name, row in rows.items() if row.is_reversed} == {"Tablet"}
    assert (rows["Tablet"].direction, rows["Mobile"].direction) == ("loses", "gains")


def test_beyond_is_the_ratio_to_what_the_others_lead_to_expect() -> None:
    delhi, mumbai = found().segments[3:5]
    ratio = (1 + delhi.lift.value) / (1 + mumbai.lift.value) - 1
    assert delhi.beyond.value == pytest.approx(ratio, abs=1e-3)


def test_everybody_has_no_tests_of_segments() -> None:
    whole = found().whole
    assert (whole.members, whole.shrunken_lift, whole.beyond, whole.p_holm) == ((), None, None, None)
    assert whole.n_users == 12_000


def test_nothing_to_look_at_leaves_everybody() -> None:
    users, columns = drawn_users(5, 400), columns_of([OUTCOME])
    whole = control_leading(users.answer(UnitQuery(columns)), CATALOG)
    alone = treatment_segments(segment_arms(OUTCOME, [], whole, CATALOG, 100), 1, OUTCOME, Plan("fixed"))
    assert (alone.segments, alone.dimensions, alone.n_looked_at) == ((), (), 0)
    assert alone.headline == "There are no segments to compare New in."
