"""Simulations over HTTP: started from our own pages, the same answer for the same settings, cancelled by who asked."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analytics.simulation.runs import Runs
from api.errors import install_errors
from api.simulations import simulation_routes
from config import load_config

CONFIG = load_config(Path(__file__).resolve().parents[2] / "config.yaml", {})
SMALL = "simulate-days=2&simulate-repetitions=200"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """Yield a client of a server that simulates."""
    server, runs = Flask("test"), Runs(tmp_path / "runs", CONFIG)
    install_errors(server)
    server.register_blueprint(simulation_routes(runs, lambda: "1"))
    yield server.test_client()
    while runs.queue.running():
        time.sleep(0.02)


def done(client: FlaskClient, href: str) -> None:
    """Return once the simulation is done."""
    for _ in range(1_000):
        if client.get(href).get_json()["state"] == "done":
            return
        time.sleep(0.02)
    raise AssertionError(client.get(href).text)


def test_a_simulation_is_started_followed_and_read(client: FlaskClient) -> None:
    reply = client.post(f"/simulate/runs?{SMALL}&who=ann")
    assert reply.status_code == 202
    href = reply.get_json()["href"]
    done(client, href)
    assert client.get(f"{href}/result.json").get_json()["n"] == 200
    assert client.post("/simulate/runs?days=2&repetitions=200").get_json()["state"] == "done"


def test_what_cannot_be_run_is_refused_in_a_sentence(client: FlaskClient) -> None:
    reply = client.post("/simulate/runs?simulate-rate=300")
    assert reply.status_code == 400
    assert "the conversion rate must be between 0 and 1" in reply.get_json()["detail"]


def test_another_site_cannot_start_one(client: FlaskClient) -> None:
    assert client.post(f"/simulate/runs?{SMALL}", headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_a_simulation_can_be_cancelled(client: FlaskClient) -> None:
    href = client.post("/simulate/runs?repetitions=100000&days=20&who=ann").get_json()["href"]
    assert client.delete(f"{href}?who=ann").status_code == 204
    assert client.get(href).status_code == 404
    assert client.get(f"{href}/result.json").status_code == 404


def test_a_simulation_that_there_is_not_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/simulate/runs/{'A' * 22}").status_code == 404
    assert client.delete(f"/simulate/runs/{'A' * 22}").status_code == 404
