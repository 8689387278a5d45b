from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.simulation.replay.replayed import Plan, plan_of, replay, run_replay, scenario_of, tallies
from analytics.simulation.scenario import Scenario
from analytics.simulation.settings import Settings
from analytics.simulation.simulated import Simulated
from semantic.errors import InputError
from semantic.user_days import UserDays
from tests.analytics.simulation.replay.users import users
from tests.semantic.test_user_days import store_of

SCENARIO = Settings.of({"kind": "replay", "repetitions": "2000"}).scenario


@pytest.fixture(scope="module")
def found() -> UserDays:
    return users(1_500, 10)


@pytest.fixture(scope="module")
def null(found: UserDays) -> Simulated:
    return replay(SCENARIO, found, lambda share: None)


def of(result: Simulated, name: str):
    return next(one for one in result.outcomes if one.name == name)


def test_users_assigned_at_random_do_not_differ_by_construction(null: Simulated) -> None:
    assert null.is_null
    assert of(null, "once").called.value == pytest.approx(0.05, abs=0.02)
    assert of(null, "always_valid").called.high < 0.04
    assert of(null, "peeking").called.low > 0.12


def test_sessions_of_users_who_are_alike_are_not_independent(null: Simulated) -> None:
    assert of(null, "by_session").called.value > of(null, "once").called.value + 0.02


def test_what_was_replayed_is_told(null: Simulated, found: UserDays) -> None:
    assert (null.traffic.n_users, null.traffic.n_days) == (1_500, 10)
    assert null.traffic.n_sessions == null.traffic.n_all == found.n.sum()
    assert null.look_days == tuple(range(1, 11))


def test_a_lift_that_is_put_in_is_found_and_measured_right(found: UserDays) -> None:
    scenario = Settings.of({"kind": "replay", "effects": "30", "repetitions": "200"}).scenario
    result = replay(scenario, found, lambda share: None)
    assert result.lifts == pytest.approx((0.3,))
    assert of(result, "once").called.value > 0.7
    assert of(result, "once").covered.value > 0.9


def test_the_same_seed_is_the_same_result_and_progress_is_told(found: UserDays) -> None:
    scenario = Scenario(days=730, repetitions=110)
    told: list[float] = []
    assert replay(scenario, found, told.append) == replay(scenario, found, told.append)
    assert told[4] == 1.0


def test_blocks_come_one_by_one(found: UserDays) -> None:
    plan: Plan = plan_of(Scenario(days=730, repetitions=110), found)
    assert [tally.size for tally in tallies(plan)] == [25, 25, 25, 25, 10]


def test_too_many_repetitions_are_refused() -> None:
    with pytest.raises(InputError, match="at most 5,000, not 9,000"):
        scenario_of({"effects": (0.0,), "looks": "1", "shares": (), "confidence": 0.95, "repetitions": 9000, "seed": 1})


def test_the_version_of_the_data_is_part_of_the_key() -> None:
    settings = Settings.of({"kind": "replay"})
    assert settings.key("1") != settings.key("2")


def test_the_users_of_the_configured_data_are_replayed(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    configured: Any = SimpleNamespace(database_url=f"sqlite:///{tmp_path / 'store.db'}", catalog=store.catalog)
    result = run_replay(Scenario(days=730, repetitions=100), lambda share: None, configured)
    assert result.traffic.n_all == 3_000
