import dataclasses
from datetime import date

import numpy as np

from analytics.outcome import (
    SESSIONS,
    arms_of_outcome,
    columns_of,
    covariates_of,
    moments_of,
    outcomes_of,
    primary_of,
)
from semantic.experiment import Experiment
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of

CATALOG = catalog_of("user_id", "revenue", "time_spent_s")


def answer_of_users(users: np.ndarray) -> UnitAnswer:
    """Return the answer of two groups of equal users."""
    n = np.full(2, float(len(users)))
    totals, products = np.stack([users.sum(axis=0)] * 2), np.stack([users.T @ users] * 2)
    return UnitAnswer(("variant",), {"variant": ("Old", "New")}, n, totals, products, version=1, origin="sql")


def test_conversion_per_session_comes_first() -> None:
    first, second, *_ = outcomes_of(CATALOG)
    assert (first.name, first.per, first.is_rate) == ("conversion_rate", "session", True)
    assert (second.name, second.per, second.is_rate) == ("users_converting", "user", True)


def test_money_per_user_has_a_capped_twin_and_time_has_none() -> None:
    twins = {outcome.name: outcome.capped_of for outcome in outcomes_of(CATALOG) if outcome.capped_of}
    assert twins == {"revenue_per_user_capped": "revenue_per_user"}


def test_time_is_an_outcome_that_was_measured_after_the_engine_acted() -> None:
    after = {outcome.name for outcome in outcomes_of(CATALOG) if outcome.is_post_treatment}
    assert after == {"mean_time_spent_s", "time_spent_s_per_user"}


def test_each_column_is_asked_once_with_the_sessions_first() -> None:
    columns = columns_of(outcomes_of(CATALOG))
    assert columns[0] == SESSIONS
    assert len({column.name for column in columns}) == len(columns)


def test_nothing_was_known_before_an_experiment_without_a_start() -> None:
    assert covariates_of(CATALOG) == ()
    started = dataclasses.replace(CATALOG, experiment=Experiment(started_on=date(2026, 3, 1)))
    assert {column.name for column in covariates_of(started)} >= {"has_before", "sessions_before", "sum_revenue_before"}
    assert all(column.is_before for column in covariates_of(started))


def test_what_is_measured_after_the_engine_acted_is_no_covariate() -> None:
    started = dataclasses.replace(CATALOG, experiment=Experiment(started_on=date(2026, 3, 1)))
    assert not any("time" in column.measure for column in covariates_of(started))


def test_the_planned_metric_decides() -> None:
    assert primary_of(CATALOG).name == "conversion_rate"
    planned = dataclasses.replace(CATALOG, experiment=Experiment(metric="mean_revenue"))
    assert primary_of(planned).name == "mean_revenue"


def test_moments_are_of_the_columns_wanted() -> None:
    outcomes = outcomes_of(CATALOG)[:2]
    asked = columns_of(outcomes)
    users = np.array([[2.0, 1.0, 1.0], [1.0, 0.0, 0.0], [3.0, 2.0, 1.0]])
    moments = moments_of(answer_of_users(users), asked, outcomes[0].columns)
    assert moments.totals.tolist() == [[3, 6], [3, 6]]
    assert moments.products[0].tolist() == [[5, 8], [8, 14]]


def test_arms_of_an_outcome_are_the_variants() -> None:
    outcomes = outcomes_of(CATALOG)[:2]
    asked = columns_of(outcomes)
    users = np.array([[2.0, 1.0, 1.0], [1.0, 0.0, 0.0], [3.0, 2.0, 1.0]])
    arms = [arms_of_outcome(outcome, answer_of_users(users), asked) for outcome in outcomes]
    assert arms[0].point.value.tolist() == [0.5, 0.5]
    assert arms[1].point.value.tolist() == [2 / 3, 2 / 3]
    assert arms[1].n_sessions.tolist() == [6, 6]
