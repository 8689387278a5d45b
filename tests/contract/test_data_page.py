"""The data page of a served product over a log with dirt: each number equals that of the table it comes from."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from semantic.database import engine_for
from semantic.store import Store
from tests.dashboard.sheets.conftest import DIRTY
from tests.etl.project import Project, new_project
from wsgi import create_server


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose log had dirt in it."""
    made = new_project(tmp_path_factory.mktemp("data"))
    made.load(DIRTY)
    return made


@pytest.fixture(scope="module")
def client(project: Project) -> Iterator[FlaskClient]:
    """Yield a client of the whole product."""
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    yield create_server(project.config, store).test_client()
    store.disconnect()


def card(client: FlaskClient, name: str) -> list[dict[str, Any]]:
    """Return the rows of a card's export, by column."""
    reply = client.get(f"/cards/{name}.csv")
    assert reply.status_code == 200, reply.text
    return list(csv.DictReader(reply.get_data(as_text=True).lstrip("\ufeff").splitlines()))


def test_runs_are_those_of_the_database_and_of_the_api(client: FlaskClient, project: Project) -> None:
    names = ("read", "loaded", "duplicates", "refused")
    shown = [tuple(int(row[name]) for name in names) for row in card(client, "runs")]
    assert shown == project.query("SELECT n_read, n_loaded, n_duplicates, n_quarantined FROM runs")
    api = client.get("/api/v1/runs").get_json()["runs"]
    assert shown == [(r["n_read"], r["n_loaded"], r["n_duplicates"], r["n_quarantined"]) for r in api]


def test_the_download_holds_every_refused_row(client: FlaskClient) -> None:
    blocks = client.get("/page-data/data").get_json()["sheets"]["quarantine"]["blocks"]
    reply = client.get(next(block["href"] for block in blocks if block["kind"] == "link"))
    rows = list(csv.DictReader(reply.get_data(as_text=True).lstrip("\ufeff").splitlines()))
    assert [json.loads(row["raw"])["session"] for row in rows] == ["s7", "s8", "s9", "s10"]
    assert len(rows) == sum(int(row["rows"]) for row in card(client, "quarantine"))


def test_missing_values_are_those_of_sql(client: FlaskClient, project: Project) -> None:
    (expected,) = project.query("SELECT SUM(age IS NULL), SUM(time_spent_s IS NULL) FROM sessions")
    shown = {row["field"]: int(row["n_missing"]) for row in card(client, "quality")}
    assert (shown["Age"], shown["Time spent"]) == expected


@pytest.mark.parametrize("kind", ["json", "csv", "about", "zip", "xlsx"])
def test_every_sheet_can_be_taken_away(client: FlaskClient, kind: str) -> None:
    sheets = client.get("/page-data/data").get_json()["sheets"]
    assert {client.get(f"/cards/{name}.{kind}").status_code for name in sheets} == {200}
