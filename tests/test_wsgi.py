import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

import wsgi
from config import Config
from model.registry import Registry
from semantic.data_hash import data_hash
from semantic.store import Store
from tests.dashboard.sample import Sample, load_frame, sample_config, sample_frame
from tests.model.sample import sample_trained


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return sample_config(tmp_path)


def product(config: Config, store: Store) -> Flask:
    """Return a product that is made at once and says how many sessions it found."""
    server = Flask("product")
    n_rows = store.snapshot().n_rows
    server.add_url_rule("/", "home", lambda: f"{n_rows} sessions")
    return server


def test_without_data_the_waiting_room_says_what_to_do(config: Config) -> None:
    reply = Client(wsgi.Service(config, product)).get("/")
    assert reply.status_code == 503
    assert "python -m etl load" in reply.text


def test_the_product_opens_as_soon_as_there_is_data(config: Config) -> None:
    client = Client(wsgi.Service(config, product))
    assert client.get("/").status_code == 503
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    assert client.get("/").text == "50 sessions"


def test_the_product_is_made_once(config: Config) -> None:
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    service = wsgi.Service(config, product)
    assert service.product() is service.product() is not None


def test_nothing_is_loaded_where_there_is_data(config: Config) -> None:
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    assert wsgi.Service(config, product).start_loading() is None


def test_a_load_at_the_start_is_followed_by_a_training_unless_that_is_unwanted(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("wsgi.subprocess.Popen", lambda command, **_: started.append(command))
    unwanted = replace(config, model=config.model.model_copy(update={"train_on_start": False}))
    for service in (wsgi.Service(config, product), wsgi.Service(unwanted, product)):
        service.start_loading()
        service._load_log.close()
    assert started[1] == [sys.executable, "-m", "etl", "load", "--quiet"]
    assert started[0][2].endswith("model/train_after.py")
    assert started[0][3:] == started[1]


def test_a_training_begins_where_no_model_is_of_the_data(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("wsgi.subprocess.Popen", lambda command, **_: started.append(command[1:]))
    service = wsgi.Service(config, product)
    assert service.start_training() is None  # there is no data
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    service = wsgi.Service(config, product)
    service.start_training()
    assert started == [["-m", "model", "train", "--quiet", "--gently"]]
    registry = Registry(config)
    registry.note_checked(registry.save(sample_trained(data_hash=data_hash(service.store)), 0), "here")
    assert service.start_training() is None
    assert len(started) == 1


def test_no_training_begins_where_it_is_unwanted(config: Config) -> None:
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    unwanted = replace(config, model=config.model.model_copy(update={"train_on_start": False}))
    assert wsgi.Service(unwanted, product).start_training() is None


def test_importing_it_starts_nothing_and_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'application'"):
        _ = wsgi.application


def test_the_whole_product_is_one_server(config: Config) -> None:
    load_frame(config, sample_frame(Sample(n_sessions=500)))
    client = wsgi.create_server(config).test_client()
    paths = ["/", "/api/v1/analyses/kpi", "/api/typo", "/healthz", "/readyz", "/_dash-layout"]
    assert [client.get(path).status_code for path in paths] == [200, 200, 404, 200, 200, 200]


def test_connections_are_closed_before_a_fork(config: Config) -> None:
    load_frame(config, sample_frame(Sample(n_sessions=50)))
    service = wsgi.Service(config, product)
    service.product()
    service.store.disconnect()
    assert service.store.engine.pool.checkedin() == 0  # type: ignore[attr-defined]
