from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from model.checked import checked_with
from model.errors import ModelError
from model.registry import Registry
from model.registry.tables import MODEL_FILES
from model.registry.trainings import begin_training
from model.served import Models
from semantic.data_hash import data_hash
from semantic.store import Store
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.model.sample import sample_trained

TRAINED = sample_trained()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return sample_store(sample_config(tmp_path), Sample(n_sessions=200))


@pytest.fixture
def models(tmp_path: Path, store: Store) -> Models:
    config = sample_config(tmp_path)
    return Models(config, Registry(config), store, check_every_s=0)


def test_without_a_model_nothing_is_served_and_it_is_said(models: Models) -> None:
    assert models.served() is None
    assert models.status().state == "none"
    assert models.versions() == ()


def test_what_is_promoted_is_served_by_the_next_look(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    served = models.served()
    assert (served.version.version, served.report) == (1, TRAINED.report)
    models.registry.save(TRAINED, 6)
    assert models.served().version.version == 2
    models.registry.roll_back()
    assert (models.served().version.version, models.status().trained_at) == (1, 5)


def test_a_registry_that_begins_anew_is_read_though_its_numbers_are_the_same(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    assert models.served().version.created_at == 5
    Path(models.registry.writer.url.database or "").unlink()
    models.registry.save(TRAINED, 6)
    assert (models.served().version.version, models.served().version.created_at) == (1, 6)


def test_a_version_that_is_served_is_not_read_again(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    served = models.served()
    models.registry.save(TRAINED, 6, promote=False)
    assert models.served().report is served.report
    assert len(models.versions()) == 2


def test_a_version_is_loaded_elsewhere_first_and_once(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[int] = []
    monkeypatch.setattr("model.served.check", lambda stored: checked.append(stored.version.version))
    models.registry.save(TRAINED, 5)
    _ = models.served().tasks["arrival"], models.served().tasks["retrospective"]
    assert models.registry.versions()[0].checked_with == checked_with()
    again = Models(models.config, models.registry, models.store)
    _ = again.served().tasks["arrival"]
    assert checked == [1]


def test_one_that_cannot_be_loaded_is_named(models: Models) -> None:
    arrival, *others = TRAINED.tasks
    models.registry.save(replace(TRAINED, tasks=(replace(arrival, trees=""), *others)), 5)
    models.registry.promote(1)
    tasks = models.served().tasks
    tasks._stored = replace(tasks._stored, tasks=(replace(arrival, trees="no model"),))
    with pytest.raises(ModelError, match="LightGBM refuses it"):
        _ = tasks["arrival"]
    assert (models.status().state, models.served().report.data) == ("failed", TRAINED.report.data)


def test_a_damaged_version_is_named_and_another_one_helps(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    models.registry.save(TRAINED, 6)
    with models.registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_FILES).where(MODEL_FILES.c.version == 2).values(payload=b"x"))
    assert models.served() is None
    assert (models.status().state, len(models.versions())) == ("failed", 2)
    assert "model version 2 is damaged" in models.status().sentence
    models.registry.roll_back()
    assert models.served().version.version == 1


def test_a_registry_that_is_away_leaves_what_is_served(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    served = models.served()
    place = Path(models.registry.place)
    place.rename(place.with_name("away"))
    place.mkdir()
    assert models.served() is served
    place.rmdir()


def test_a_registry_that_was_never_there_is_one_sentence(models: Models) -> None:
    Path(models.registry.place).mkdir()
    assert models.served() is None
    assert models.status().sentence.startswith("models cannot be read in ")


def test_a_running_training_is_told_while_the_old_version_is_served(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    begin_training(models.registry)
    assert (models.status().state, models.served().version.version) == ("training", 1)


def test_a_feature_that_the_data_does_not_have_any_more_is_named(models: Models) -> None:
    models.registry.save(TRAINED, 5)
    assert models.status().sentence.startswith("The data has changed since")
    kept = tuple(d for d in models.config.catalog.dimensions if d.name != "device")
    models.config = replace(models.config, catalog=replace(models.config.catalog, dimensions=kept))
    assert models.status().state == "stale"
    assert models.status().sentence.startswith("The model uses Device, which the data does not have any more.")


def test_a_model_of_this_data_and_configuration_is_ready_and_of_others_stale(models: Models) -> None:
    models.registry.save(sample_trained(data_hash=data_hash(models.store)), 5)
    assert models.status().state == "ready"
    models.registry.config_hash = "another"
    assert models.status().sentence.startswith("The configuration has changed since the model was trained.")
