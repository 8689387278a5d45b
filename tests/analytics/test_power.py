from dataclasses import replace

import numpy as np
import pytest

from analytics.analysis import Request, run
from analytics.experiment.power.rule import Rule
from analytics.experiment.power.trial import Baseline, Trial
from analytics.planning.plan_result import PowerResult
from analytics.planning.traffic import NEW_USERS, NOW
from analytics.power import METHODS, POWER, compute_power
from semantic.catalog import Catalog
from semantic.store import Store
from tests.analytics.planning.drawn_traffic import CATALOG, answers_of, planned, request_of


def power(catalog: Catalog = CATALOG, lift: float = 1.0, **params) -> PowerResult:
    request = request_of(**params)
    return compute_power(answers_of(request, catalog, lift), request, catalog)


def test_the_users_needed_have_the_power_wanted() -> None:
    found = power(method="fixed", effect=0.08)
    chances = [point.powers[METHODS.index("fixed")] for point in found.by_effect]
    assert dict(zip([point.effect for point in found.by_effect], chances, strict=True))[0.08] == pytest.approx(
        0.8, abs=1e-3
    )
    assert chances == sorted(chances)


def test_users_are_dealt_by_the_shares() -> None:
    found = power(effect=0.08, treatment_share=0.2)
    assert [one.variant for one in found.variants] == ["Old", "New"]
    assert found.variants[1].n_units == pytest.approx(found.n_units * 0.2, abs=1)


def test_methods_stand_beside_each_other() -> None:
    found = {one.method: one for one in power(effect=0.08).methods}
    assert found["fixed"].inflation == 1
    assert 1 < found["group_sequential"].inflation < 1.1 < found["sequential"].inflation
    assert found["sequential"].expected_days < found["sequential"].days.likely


def test_the_method_asked_for_decides() -> None:
    found = power(effect=0.08, method="group_sequential")
    assert found.n_units == next(one.n_units for one in found.methods if one.method == "group_sequential")


def test_weeks_reach_the_planned_end_and_show_less_and_less() -> None:
    found = power(effect=0.06, method="fixed")
    assert found.by_week[-1].weeks * 7 >= found.days.likely
    effects = [point.effect or 0.0 for point in found.by_week]
    assert effects == sorted(effects, reverse=True)
    assert all(point.effect_low <= point.effect <= point.effect_high for point in found.by_week)


def test_a_loss_is_ruled_out_with_the_power_wanted() -> None:
    found = power(effect=0.08, goal="no_loss", method="fixed")
    assert found.alternative == "greater"
    at_the_loss = next(point for point in found.by_effect if point.effect == 0.08)
    assert at_the_loss.powers[METHODS.index("fixed")] == pytest.approx(0.8, abs=1e-3)


def test_returning_users_make_a_rate_need_more_users_than_its_sessions_say() -> None:
    found = power(effect=0.08, method="fixed")
    plain = Trial(Baseline.of_rate(found.baseline.value or 0.0), Rule("fixed")).sample_size(0.08) or 0
    sessions_per_user = found.traffic.n_sessions / found.traffic.n_units
    assert found.n_units * sessions_per_user > 1.05 * plain


def test_the_run_so_far_is_told_by_treatment() -> None:
    found = power(planned(planned_units=40_000), lift=1.1, effect=0.05)
    assert [run.treatment for run in found.runs] == ["New"]
    assert found.runs[0].n_planned == 40_000
    assert found.runs[0].lift.low < 0.1 < found.runs[0].lift.high


def test_traffic_is_told() -> None:
    traffic = power().traffic
    assert (traffic.n_days, traffic.first_day, traffic.last_day) == (56, "2026-03-01", "2026-04-25")
    assert traffic.n_new_next_week < traffic.n_last_week


def test_without_days_users_alone_are_answered() -> None:
    request = request_of(effect=0.08)
    answers = {NOW: answers_of(request)[NOW]}
    found = compute_power(answers, request, CATALOG)
    assert found.n_units > 0
    assert (found.days, found.by_week, found.runs) == (None, (), ())


def test_one_variant_cannot_be_planned_for() -> None:
    request = request_of()
    answers = answers_of(request)
    alone = replace(answers[NOW], members={"variant": ("Old",)})
    kept = replace(alone, n=alone.n[1:], totals=alone.totals[1:], products=alone.products[1:])
    found = compute_power({NOW: kept, NEW_USERS: answers[NEW_USERS]}, request, CATALOG)
    assert "no control with another variant" in found.notice
    assert found.n_units is None


def test_nobody_is_told_so() -> None:
    request = request_of()
    answers = answers_of(request)
    for answer in answers.values():
        for array in (answer.n, answer.totals, answer.products):
            np.asarray(array)[...] = 0
    assert "No session is left" in compute_power(answers, request, CATALOG).notice


def test_a_store_is_asked_for_windows_of_its_days(store: Store) -> None:
    found = run(store, [Request(POWER)])[0]
    assert found.traffic.n_days == 7
    assert found.traffic.last_day == "2026-03-08"
