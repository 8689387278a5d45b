from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

import wsgi
from config import Config
from semantic.store import Store
from tests.dashboard.sample import Sample, load_frame, sample_config, sample_frame


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
