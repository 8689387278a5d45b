import dataclasses

import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.heterogeneity import HETEROGENEITY, compute_heterogeneity, segment_dimensions
from analytics.heterogeneity.result import HeterogeneityResult
from semantic.errors import UnknownNameError
from semantic.experiment import Experiment
from semantic.filter import Filter
from tests.analytics.answers import catalog_of
from tests.analytics.segmented_users import Lift, drawn_users

CATALOG = catalog_of("user_id", "device", "location", "category")


def mobile_gains(device: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.where(device == 0, 1.3, 1.0)


def heterogeneity(
    lift: Lift | None = None, seed: int = 1, n_users: int = 6_000, where: str = "", **params: object
) -> HeterogeneityResult:
    request = Request(HETEROGENEITY, Filter.from_query(where), Params(**params))  # type: ignore[arg-type]
    answers = drawn_users(seed, n_users, lift).answers(HETEROGENEITY.queries(request, CATALOG))
    return compute_heterogeneity(answers, request, CATALOG)


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_device_that_gains_is_found_and_told(method: str) -> None:
    result = heterogeneity(mobile_gains, n_users=12_000, method=method)
    (found,) = result.treatments
    mobile = found.segments[0]
    assert (mobile.members[0].member, mobile.direction, mobile.stands_out) == ("Mobile", "gains", True)
    assert [one.names for one in found.dimensions if one.differs] == [("device",)]
    assert result.headline.startswith("The effect of New differs by device. By more than chance: Mobile (gains, lift +")


def test_where_nothing_differs_nothing_is_told() -> None:
    result = heterogeneity(method="fixed")
    assert not any(one.stands_out or one.direction != "not shown" for one in result.treatments[0].segments)
    assert result.headline.startswith("No segment can be told from another: of 11 segments looked at")


def test_a_row_agrees_with_itself() -> None:
    for row in heterogeneity(mobile_gains, method="fixed").treatments[0].segments:
        assert row.p_holm >= row.p_value
        assert (row.lift.low > 0 or row.lift.high < 0) == (row.p_value < 0.05)
        assert row.shrunken_lift.low <= row.shrunken_lift.value <= row.shrunken_lift.high


def test_missing_members_make_no_segment() -> None:
    segments = heterogeneity().treatments[0].segments
    assert "(missing)" not in {member.member for one in segments for member in one.members}


def test_one_dimension_alone_is_a_smaller_family() -> None:
    found = heterogeneity(depth=1).treatments[0]
    assert [one.names for one in found.dimensions] == [("device",), ("location",)]
    assert found.n_looked_at == 5


def test_small_segments_are_left_out_and_counted() -> None:
    found = heterogeneity(min_sessions=3_000, depth=1).treatments[0]
    assert (found.n_looked_at, found.n_too_small) == (4, 1)


def test_what_the_engine_chose_is_looked_at_only_where_it_is_asked_for_and_with_a_warning() -> None:
    names = [d.name for d in segment_dimensions(Request(HETEROGENEITY), CATALOG)]
    result = heterogeneity(by="category")
    assert names == ["device", "location"]
    assert [one.names for one in result.treatments[0].dimensions] == [("category",)]
    assert result.warnings[0].startswith("Category recommended is chosen by the engine")


def test_users_in_several_segments_are_told() -> None:
    result = heterogeneity()
    shares = {one.names: one.share_in_several for one in result.treatments[0].dimensions}
    assert shares[("device",)] > 0.02
    assert shares[("location",)] == 0
    assert any("several segments by device" in text for text in result.warnings)


def test_a_dimension_that_the_filter_fixes_is_left_out() -> None:
    request = Request(HETEROGENEITY, Filter.from_query("device=Mobile"))
    assert [d.name for d in segment_dimensions(request, CATALOG)] == ["location"]


def test_unknown_names_are_errors() -> None:
    with pytest.raises(UnknownNameError, match="dimension of segments"):
        heterogeneity(by="shoe_size")
    with pytest.raises(UnknownNameError, match="outcome"):
        heterogeneity(metric="happiness")


def test_without_control_nothing_is_compared() -> None:
    request = Request(HETEROGENEITY)
    answers = drawn_users(1, 500, shares=(1, 0)).answers(HETEROGENEITY.queries(request, CATALOG))
    result = compute_heterogeneity(answers, request, CATALOG)
    assert (result.treatments, result.headline) == ((), "Only New is in this selection.")


def test_planned_looks_decide_by_the_whole_experiment() -> None:
    catalog = dataclasses.replace(CATALOG, experiment=Experiment(planned_units=14_000, n_looks=7))
    request = Request(HETEROGENEITY, params=Params(method="group_sequential"))
    answers = drawn_users(1, 12_000, mobile_gains).answers(HETEROGENEITY.queries(request, catalog))
    result = compute_heterogeneity(answers, request, catalog)
    assert result.method == "group_sequential"
    assert result.treatments[0].segments[0].direction == "gains"


def test_at_most_one_log_in_twenty_of_nothing_tells_anything() -> None:
    told = [not heterogeneity(seed=seed, n_users=1_500, method="fixed").headline.startswith("No") for seed in range(60)]
    assert np.mean(told) <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 60)
