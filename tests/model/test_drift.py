from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config import Config
from model.drift import LEVEL, drift_of, find_drift
from model.examples import Examples
from model.registry import Registry
from model.report import Drift
from model.trained import TrainedTask
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.model.conftest import config_at
from tests.model.planted import planted
from tests.model.sample import sample_trained

TASKS = sample_trained().tasks


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_at(f"sqlite:///{tmp_path / 'a.db'}")


def sessions(n: int, seed: int) -> Examples:
    """Return sessions whose day has nothing to do with them, a quarter of them recent."""
    examples = planted(n, seed).examples
    day = np.random.default_rng(seed).integers(0, 40, n)
    return replace(examples, day=day)


def found(examples: Examples, config: Config, tasks: tuple[TrainedTask, ...] = TASKS) -> Drift:
    return find_drift(examples, tasks, 30, config)


def test_where_nothing_differs_no_drift_is_shown(config: Config) -> None:
    drift = found(sessions(6_000, 1), config)
    assert drift.verdict == "no drift shown"
    assert drift.sentence.startswith("No drift is shown: ")
    assert (drift.n_recent + drift.n_reference, len(drift.scores), len(drift.score_shift)) == (6_000, 2, 2)


@pytest.mark.slow
def test_false_alarms_are_rare(config: Config) -> None:
    alarms = sum(found(sessions(3_000, seed), config).verdict == "drift shown" for seed in range(60))
    assert alarms <= 3  # at most 1 in 100 are expected


def test_a_feature_that_shifts_is_named_first(config: Config) -> None:
    examples = sessions(6_000, 2)
    device = examples.names.index("device")
    is_moved = (examples.day >= 30) & (np.random.default_rng(0).random(6_000) < 0.3)
    examples.x[is_moved, device] = 2.0
    drift = found(examples, config)
    assert (drift.verdict, drift.features[0].name) == ("drift shown", "device")
    assert drift.features[0].stability > drift.features[0].noise
    assert max(drift.features[0].p_adjusted, drift.p_domain) < LEVEL
    assert "most in Device" in drift.sentence


def test_few_sessions_or_no_time_are_not_known(config: Config) -> None:
    assert found(sessions(400, 3), config).verdict == "not known"
    assert found(replace(sessions(400, 3), day=None), config).sentence.startswith("The data has no time")


def test_members_of_today_are_read_in_the_codes_of_the_model(config: Config) -> None:
    examples = sessions(4_000, 4)
    at = examples.names.index("device")
    feature = examples.features[at]
    turned = replace(feature, members=tuple(reversed(feature.members)))
    x = examples.x.copy()
    x[:, at] = len(feature.members) - 1 - x[:, at]
    features = tuple(turned if place == at else one for place, one in enumerate(examples.features))
    again = found(replace(examples, features=features, x=x), config)
    assert again.score_shift == found(examples, config).score_shift


def test_the_last_days_of_the_data_are_compared_with_those_before(tmp_path: Path) -> None:
    config = sample_config(tmp_path)
    store, registry = sample_store(config, Sample(n_sessions=4_000)), Registry(config)
    stored = registry.read(registry.save(sample_trained(), 0))
    drift = drift_of(config, store, stored)
    assert drift.recent_days == ("2026-08-23", "2026-08-29")
    assert drift.reference_days == ("2026-07-01", "2026-08-22")
    registry.save_drift(1, drift)
    assert registry.drift(1) == drift


def test_what_came_after_the_training_is_recent(tmp_path: Path) -> None:
    config = sample_config(tmp_path)
    store, registry = sample_store(config, Sample(n_sessions=4_000)), Registry(config)
    stored = registry.read(registry.save(sample_trained(), 0))
    older = replace(stored, report=replace(stored.report, data=replace(stored.report.data, last_day="2026-08-01")))
    assert drift_of(config, store, older).recent_days[0] == "2026-08-02"
