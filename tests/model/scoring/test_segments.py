import numpy as np
import pytest

from model.examples import Examples, Feature
from model.report import SegmentScore
from model.scored import Scored
from model.scoring.auc import auc
from model.scoring.segments import UNTOLD, segments_of
from semantic.catalog import MISSING
from tests.model.scoring.scored_rows import scored_rows

AGE = Feature("age", "Age", "number", low=18, high=60)
DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop", "Tablet"))
ROWS = scored_rows(n=4_000, n_users=2_500)


def examples(rows: Scored = ROWS, tablets: int = 40) -> Examples:
    rng = np.random.default_rng(7)
    device = rng.integers(0, 2, len(rows)).astype(float)
    device[:tablets], device[-600:] = 2, np.nan
    x = np.column_stack([rng.integers(18, 60, len(rows)), device])
    return Examples((AGE, DEVICE), x, rows.y, rows.weight, rows.user)


def segments(rows: Scored = ROWS) -> dict[str, SegmentScore]:
    found = segments_of(rows, examples(rows), 0.3, 0.95, {"device": (), "age": (25.0, 40.0), "gender": ()})
    return {one.member: one for one in found}


def test_members_stand_in_their_order_with_missing_ones_last() -> None:
    assert list(segments()) == ["under 25", "25–39", "40 and over", "Mobile", "Desktop", "Tablet", MISSING]


def test_a_member_is_judged_by_its_own_sessions() -> None:
    found, mobile = segments()["Mobile"], ROWS.rows(examples().column("device") == 0)
    assert found.auc == auc(mobile, 0.95)
    assert found.mean_score.value == pytest.approx(mobile.score.mean())
    assert found.calibration_gap.value == pytest.approx(mobile.score.mean() - mobile.y.mean())
    assert found.recall.value == pytest.approx((mobile.y * (mobile.score >= 0.3)).sum() / mobile.y.sum())


def test_of_a_small_member_only_the_base_rate_is_told() -> None:
    found = segments()["Tablet"]
    assert (found.base_rate.n, found.base_rate.value is not None, found.p_adjusted) == (40, True, 1)
    assert {getattr(found, name).value for name in UNTOLD} == {None}


def test_a_member_without_a_rest_is_not_compared() -> None:
    alone = Examples((DEVICE,), np.zeros((len(ROWS), 1)), ROWS.y, ROWS.weight, ROWS.user)
    (found,) = segments_of(ROWS, alone, 0.3, 0.95, {"device": ()})
    assert (found.recall.value is None, found.recall_difference.value, found.p_adjusted) == (False, None, 1)


def test_equal_treatment_is_not_called_unfair() -> None:
    assert min(one.p_adjusted for one in segments().values()) > 0.05


def test_a_member_whose_conversions_are_missed_is_found() -> None:
    is_mobile = examples().column("device") == 0
    found = {one.member: one for one in _of(ROWS.rescored(np.where(is_mobile, ROWS.score / 2, ROWS.score)))}
    assert found["Mobile"].p_adjusted < 0.001
    assert found["Mobile"].recall_difference.high < 0
    assert found["Mobile"].selected_difference.high < 0


def _of(rows: Scored) -> tuple[SegmentScore, ...]:
    return segments_of(rows, examples(rows), 0.3, 0.95, {"device": ()})


def test_numbers_without_cuts_are_one_segment() -> None:
    (found,) = segments_of(ROWS, examples().without("device"), 0.3, 0.95, {"age": ()})
    assert (found.member, found.base_rate.n) == ("all", 4_000)
