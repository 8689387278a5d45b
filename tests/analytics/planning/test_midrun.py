from dataclasses import replace

import numpy as np
import pytest

from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.outcome import arms_of_outcome, columns_of
from analytics.planning.midrun import Run
from analytics.planning.traffic import NOW, outcome_named
from tests.analytics.planning.drawn_traffic import CATALOG, answers_of, new_users, request_of

OUTCOME = outcome_named("", CATALOG)
ANSWERS = answers_of(request_of(), lift=1.1)
ARMS = arms_of_outcome(OUTCOME, ANSWERS[NOW], columns_of([OUTCOME]))
RUN = Run(ARMS, new_users().n, 20_000, Plan(n_planned=20_000))


def test_the_statistic_is_that_of_the_finding() -> None:
    midway = RUN.midway(0, 1, 0.05, 0.0)
    assert midway.statistic == pytest.approx(float(compare(ARMS[0], ARMS[1], Plan("fixed")).statistic))
    assert midway.n == float(ARMS.n_units.sum())


def test_what_the_planned_lift_would_show_goes_with_the_lift() -> None:
    planned = [RUN.midway(0, 1, lift, 0.0).planned_statistic for lift in (0.05, 0.1)]
    assert planned[1] == pytest.approx(2 * planned[0])


def test_of_a_fall_the_signs_change_places() -> None:
    falls = replace(RUN, plan=Plan(alternative="less"))
    assert falls.midway(0, 1, -0.05, 0.0).planned_statistic > 0
    assert falls.midway(0, 1, -0.05, 0.0).statistic == pytest.approx(-RUN.midway(0, 1, 0.05, 0.0).statistic)


def test_a_loss_to_be_ruled_out_raises_the_statistic() -> None:
    assert RUN.midway(0, 1, 0.0, -0.05).statistic > RUN.midway(0, 1, 0.05, 0.0).statistic


@pytest.mark.parametrize("method", ["fixed", "group_sequential", "sequential"])
def test_days_are_left_until_the_planned_users_have_come(method) -> None:
    left = replace(RUN, plan=Plan(method, n_planned=20_000)).left(0, 1, (0.05, 0.0), 0.8)
    assert left.planned_end.likely > 30
    assert 0 <= left.predictive <= 1


def test_the_lift_so_far_has_the_interval_of_the_plan() -> None:
    lift = RUN.lift(0, 1)
    expected = compare(ARMS[0], ARMS[1], RUN.plan).lift
    assert lift.low == pytest.approx(float(expected.low))
    assert lift.high == pytest.approx(float(expected.high))


def test_without_variance_nothing_is_known() -> None:
    point = ARMS.point
    flat = replace(ARMS, point=replace(point, variance=np.zeros_like(point.variance)))
    assert replace(RUN, arms=flat).left(0, 1, (0.05, 0.0), 0.8) is None
