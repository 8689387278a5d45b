from datetime import date

import numpy as np
import pytest

from analytics.planning.traffic import (
    NEW_USERS,
    NOW,
    baseline_of,
    days_of,
    outcome_named,
    run_queries,
    traffic_of,
    window_queries,
)
from semantic.domain import Domain
from semantic.errors import UnknownNameError
from semantic.filter import Filter
from tests.analytics.answers import catalog_of
from tests.analytics.planning.drawn_traffic import CATALOG, DAYS, answers_of, planned, request_of, users_by

DOMAINS = {"day": Domain(CATALOG.dimension("day"), DAYS)}


def windows(where: str = "", **plan):
    return window_queries(request_of(where), DOMAINS, planned(**plan))


def test_windows_end_with_the_last_day_and_are_whole_weeks() -> None:
    found = windows()
    assert list(found) == ["window_7", "window_14", "window_21", "window_28", "window_42", "window_56"]
    assert found["window_7"].where.to_query() == "day=2026-04-19..2026-04-26"


def test_windows_keep_the_filter_and_lie_within_its_days() -> None:
    found = windows("day=2026-03-01..2026-03-20&device=Mobile")
    assert list(found) == ["window_7", "window_14"]
    assert found["window_14"].where.to_query() == "day=2026-03-06..2026-03-20&device=Mobile"


def test_windows_begin_with_the_experiment() -> None:
    assert list(windows(started_on=date(2026, 4, 10))) == ["window_7", "window_14"]


def test_less_than_a_week_is_one_window() -> None:
    assert list(windows("day=2026-03-01..2026-03-04")) == ["window_3"]


def test_without_days_there_are_no_windows() -> None:
    plain = catalog_of("user_id")
    assert window_queries(request_of(), {}, plain) == {}
    assert list(run_queries(request_of(), plain)) == [NOW]
    assert list(run_queries(request_of(), CATALOG)) == [NOW, NEW_USERS]


def test_days_are_those_of_filter_and_experiment() -> None:
    where = Filter.from_query("day=2026-03-05..2026-03-09")
    found = days_of(where, DAYS, planned(started_on=date(2026, 3, 7)))
    assert found == ("2026-03-07", "2026-03-08")


def test_users_of_the_windows_are_the_pace() -> None:
    request = request_of()
    traffic = traffic_of(answers_of(request), request, CATALOG)
    assert traffic.pace.units_by(28).value == pytest.approx(users_by(28), abs=2)
    assert traffic.sessions_per_unit == pytest.approx(2.5, abs=0.05)


def test_a_rate_per_session_keeps_its_value_while_more_is_known() -> None:
    request = request_of()
    traffic = traffic_of(answers_of(request), request, CATALOG)
    assert traffic.baseline_by(400).value == pytest.approx(traffic.baseline_by(7).value)
    assert traffic.baseline_by(56).trials == pytest.approx(traffic.baselines[-1][1].trials)


def test_sums_of_users_follow_the_power_that_they_grew_with() -> None:
    request = request_of(metric="revenue_per_user")
    traffic = traffic_of(answers_of(request), request, CATALOG)
    assert traffic.per == "user"
    assert traffic.baseline_by(56).value == pytest.approx(traffic.baselines[-1][1].value)
    assert traffic.baseline_by(56).spread == pytest.approx(traffic.baselines[-1][1].spread)


def test_an_outcome_that_never_differs_cannot_be_planned_with() -> None:
    request = request_of()
    answers = answers_of(request)
    for answer in answers.values():
        answer.totals[...], answer.products[...] = 0, 0
    assert traffic_of(answers, request, CATALOG) is None


def test_the_baseline_is_that_of_control() -> None:
    request = request_of()
    answer = answers_of(request, lift=2.0)[NOW]
    found = baseline_of(outcome_named("", CATALOG), answer, CATALOG)
    totals = answer.totals[1]
    assert found.value == pytest.approx(totals[1] / totals[0]) or found.value == pytest.approx(totals[0] / totals[1])
    assert found.value < 0.25
    assert np.isfinite(found.spread)


def test_the_metric_is_the_planned_one_unless_asked_otherwise() -> None:
    assert outcome_named("", planned(metric="mean_revenue")).name == "mean_revenue"
    assert outcome_named("revenue_per_user", CATALOG).name == "revenue_per_user"
    with pytest.raises(UnknownNameError):
        outcome_named("luck", CATALOG)
