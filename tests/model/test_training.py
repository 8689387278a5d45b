from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.estimate import Estimate
from config import Config, load_config
from etl.pipeline import load
from etl.progress import Reporter
from model.errors import ModelError
from model.registry.files import files_of, manifest_of
from model.trained import Trained
from model.training import train
from semantic.errors import ConfigError
from semantic.store import Store
from wsgi import create_store

ROOT = Path(__file__).resolve().parents[2]
Loaded = tuple[Config, Store]


def loaded(folder: Path, profile: str, n_sessions: int) -> Loaded:
    config = load_config(ROOT / "config.yaml", {"DATABASE_URL": f"sqlite:///{folder}/sessions.db"})
    source = config.source.model_copy(update={"profile": profile, "sessions": n_sessions})
    model = config.model.model_copy(update={"trees": 30, "folds": 3, "trials": 0})
    config = replace(config, source=source, model=model)
    load(config, Reporter())
    return config, create_store(config)


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Trained]:
    def trained(profile: str, n_sessions: int) -> Trained:
        config, store = loaded(tmp_path_factory.mktemp(profile), profile, n_sessions)
        return train(config, store, lambda *_: None)

    return trained


@pytest.fixture(scope="module")
def found(make: Callable[[str, int], Trained]) -> Trained:
    return make("planted", 12_000)


def test_both_questions_are_answered_and_the_gap_between_them_is_told(found: Trained) -> None:
    assert [task.name for task in found.report.tasks] == ["arrival", "retrospective"]
    assert [task.name for task in found.tasks] == ["arrival", "retrospective"]
    gap = found.report.auc_gap
    assert isinstance(gap, Estimate)
    assert gap.low > 0


def test_what_is_known_on_arrival_is_learned_from_all_sessions(found: Trained) -> None:
    arrival, _ = found.tasks
    assert {"time_spent_s", "pages_viewed", "revenue"}.isdisjoint(feature.name for feature in arrival.features)
    assert arrival.base_rate.n == found.report.data.n_sessions


def test_money_is_named_as_what_only_conversions_have(found: Trained) -> None:
    assert ("revenue", True) in [(leak.name, leak.is_left_out) for leak in found.report.tasks[0].leaks]


def test_what_a_model_goes_by_is_shown_where_there_is_a_signal(found: Trained) -> None:
    for task in found.report.tasks:
        assert bool(task.importance) == (task.signal.verdict == "signal") == (not task.withheld)


def test_equal_data_and_settings_give_equal_files(found: Trained, make: Callable[[str, int], Trained]) -> None:
    assert manifest_of(files_of(make("planted", 12_000))) == manifest_of(files_of(found))


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["null", "seed"])
def test_of_noise_nothing_is_claimed(profile: str, make: Callable[[str, int], Trained]) -> None:
    report = make(profile, 60_000).report
    assert [task.signal.verdict for task in report.tasks] == ["no useful signal"] * 2
    assert not any(task.importance or task.dependence for task in report.tasks)
    assert report.uplift is None
    assert report.uplift_withheld


def test_twenty_sessions_are_too_few_in_one_sentence(tmp_path: Path) -> None:
    config, store = loaded(tmp_path, "planted", 20)
    with pytest.raises(ModelError, match="20 sessions are too few"):
        train(config, store, lambda *_: None)


def test_a_cluster_that_nobody_named_is_told_of_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DASK_SCHEDULER", raising=False)
    config, store = loaded(tmp_path, "planted", 20)
    config = replace(config, model=config.model.model_copy(update={"engine": "dask"}))
    with pytest.raises(ConfigError, match="DASK_SCHEDULER is not set"):
        train(config, store, lambda *_: None)
