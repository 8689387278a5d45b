import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from config import Config
from model.errors import ModelError
from model.registry import Registry
from model.renewal import renew
from model.trained import Trained
from semantic.data_hash import data_hash
from semantic.errors import StoreError
from semantic.store import Store
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.model.conftest import ROOT
from tests.model.sample import sample_trained

_KILL = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
import model.registry.registry as kept, model.renewal
from semantic.database import engine_for
from semantic.store import Store
from tests.dashboard.sample import sample_config
from tests.model.sample import sample_trained
config = sample_config(Path(sys.argv[1]))
config = replace(config, model=config.model.model_copy(update={"depth": 4}))
kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
model.renewal.train = lambda *_: kill() if sys.argv[2] == "training" else sample_trained()
if sys.argv[2] == "saving":
    kept._prune = kill
if sys.argv[2] == "checking":
    model.renewal.check = kill
model.renewal.renew(config, Store(engine_for(config.database_url, read_only=True), config.catalog), lambda *_: None)
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return sample_config(tmp_path)


@pytest.fixture
def store(config: Config, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a small store; trainings of it take no time, and no process is made to check them."""
    store = sample_store(config, Sample(n_sessions=200))
    monkeypatch.setattr("model.renewal.train", lambda *_: sample_trained(data_hash=data_hash(store)))
    monkeypatch.setattr("model.renewal.check", lambda _: None)
    return store


def quiet(*_phase: object) -> None:
    pass


def test_a_model_is_trained_once_for_equal_data_and_configuration(config: Config, store: Store) -> None:
    first, again = renew(config, store, quiet), renew(config, store, quiet)
    assert (first.version, first.is_new, again.version, again.is_new) == (1, True, 1, False)
    deeper = replace(config, model=config.model.model_copy(update={"depth": 4}))
    assert renew(deeper, store, quiet).is_new
    assert renew(config, store, quiet, force=True).version == 3
    assert Registry(config).state().training.status == "succeeded"


def test_a_choice_by_hand_is_left_alone(config: Config, store: Store) -> None:
    for _ in range(2):
        renew(config, store, quiet, force=True)
    Registry(config).roll_back()
    renewal = renew(config, store, quiet)
    assert (renewal.version, renewal.is_promoted, Registry(config).state().promoted) == (2, False, 1)


def test_data_that_is_what_it_was_before_has_its_model_back(config: Config, store: Store) -> None:
    renew(config, store, quiet)
    registry = Registry(config)
    registry.note_checked(registry.save(sample_trained(data_hash="b" * 64), 0), "here")
    assert registry.state().promoted == 2
    assert not renew(config, store, quiet).is_new
    assert registry.state().promoted == 1


def test_why_a_training_failed_stands_in_the_registry_and_the_old_model_is_served(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(config, store, quiet)

    def train(*_: object) -> Trained:
        raise ModelError("all sessions converted")

    monkeypatch.setattr("model.renewal.train", train)
    with pytest.raises(ModelError):
        renew(config, store, quiet, force=True)
    state = Registry(config).state()
    assert (state.promoted, state.training.status, state.training.message) == (1, "failed", "all sessions converted")


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [(KeyboardInterrupt(), "interrupted", "it was stopped"), (TypeError("x"), "failed", "TypeError: x")],
)
def test_however_a_training_ends_it_is_told(config: Config, store: Store, monkeypatch, fault, status, message) -> None:
    def train(*_: object) -> Trained:
        raise fault

    monkeypatch.setattr("model.renewal.train", train)
    with pytest.raises(type(fault)):
        renew(config, store, quiet)
    training = Registry(config).state().training
    assert (training.status, training.message) == (status, message)


def test_trees_that_cannot_be_loaded_are_never_served(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(config, store, quiet)

    def refuse(*_: object) -> None:
        raise ModelError("the process that loads it dies of signal 11")

    monkeypatch.setattr("model.renewal.check", refuse)
    with pytest.raises(ModelError):
        renew(config, store, quiet, force=True)
    registry = Registry(config)
    assert (registry.state().promoted, registry.held(data_hash(store)).version) == (1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["training", "saving", "checking"])
def test_killed_anywhere_it_leaves_the_old_model_and_running_it_again_heals(
    config: Config, store: Store, tmp_path: Path, place: str
) -> None:
    renew(config, store, quiet)
    deeper = replace(config, model=config.model.model_copy(update={"depth": 4}))
    command = [sys.executable, "-c", _KILL, str(tmp_path), place]
    assert subprocess.run(command, cwd=ROOT).returncode == -signal.SIGKILL
    registry = Registry(deeper)
    assert (registry.state().promoted, registry.state().training.status) == (1, "interrupted")
    assert len(registry.versions()) == (2 if place == "checking" else 1)
    assert renew(deeper, store, quiet).is_new
    assert registry.state().promoted == registry.versions()[0].version


def test_two_trainings_at_once_are_refused(config: Config, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.renewal.train", lambda *_: renew(config, store, quiet))
    with pytest.raises(StoreError, match="another training is running"):
        renew(config, store, quiet)


def test_a_comparison_of_sessions_that_fails_takes_no_model_back(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreError("the database is away")

    monkeypatch.setattr("model.renewal.drift_of", away)
    assert renew(config, store, quiet).is_promoted
    assert Registry(config).state().promoted == 1
