import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from semantic.database import engine_for
from semantic.store import Store
from tests.api.conftest import server_of
from tests.etl.project import ROWS, new_project


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[FlaskClient]:
    """Return a client of a server over data that a real load wrote, with one refused record."""
    project = new_project(tmp_path)
    project.load([*ROWS, "Old,0,s9,u9,=never(),=Delhi,20,5,"])
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    yield server_of(project.config, store).test_client()
    store.disconnect()


def test_runs_tell_what_became_of_the_records(loaded: FlaskClient) -> None:
    (run,) = loaded.get("/api/v1/runs").get_json()["runs"]
    assert run["n_read"] == run["n_loaded"] + run["n_duplicates"] + run["n_quarantined"] == 5
    assert (run["command"], run["status"], run["version"]) == ("load", "succeeded", 1)
    assert run["timings"]["load rows"] >= 0


def test_the_quarantine_tells_reasons_with_examples(loaded: FlaskClient) -> None:
    body = loaded.get("/api/v1/quarantine").get_json()
    assert body["run"]["run_id"] == 1
    (reason,) = body["reasons"]
    assert (reason["column"], reason["n_records"]) == ("at", 1)
    assert [example["line"] for example in reason["examples"]] == [6]


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/{p}"
        for p in ("runs?limit=0", "runs?limit=x", "runs?limit=1001", "quarantine?run=-1", "runs?limit=%C2%B2")
    ],
)
def test_a_number_that_makes_no_sense_is_refused(loaded: FlaskClient, path: str) -> None:
    assert loaded.get(path).status_code == 400


def test_an_unknown_run_is_named(loaded: FlaskClient) -> None:
    reply = loaded.get("/api/v1/quarantine?run=9")
    assert (reply.status_code, "no run 9" in reply.get_json()["detail"]) == (400, True)


@pytest.mark.parametrize("path", ["/api/v1/runs", "/api/v1/quarantine", "/api/v1/profile"])
def test_what_is_known_is_not_sent_again(loaded: FlaskClient, path: str) -> None:
    tag = loaded.get(path).headers["ETag"]
    assert loaded.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/runs", "/api/v1/quarantine", "/api/v1/profile", "/api/v1/quarantine.csv"])
def test_a_database_that_is_away_is_told(away_client: FlaskClient, path: str) -> None:
    assert away_client.get(path).status_code == 503


def test_the_profile_of_the_sample_is_over_all_its_sessions(client: FlaskClient, store: Store) -> None:
    users = client.get("/api/v1/profile?device=Mobile").get_json()["profile"]["users"]
    assert users["n_sessions"] == store.snapshot().n_rows


def test_data_without_refusals_has_an_empty_quarantine(client: FlaskClient) -> None:
    assert client.get("/api/v1/quarantine").get_json() == {"run": None, "reasons": []}


def test_the_profile_tells_missing_values_and_sessions_per_user(loaded: FlaskClient) -> None:
    body = loaded.get("/api/v1/profile").get_json()
    columns = {entry["name"]: entry for entry in body["profile"]["columns"]}
    assert (columns["age"]["n_missing"], columns["age"]["missing"]["value"]) == (1, 0.25)
    assert (columns["revenue"]["n_missing"], columns["revenue"]["missing_rule"]) == (0, "zero")
    users = body["profile"]["users"]
    assert (users["n_users"], users["sessions_per_user"]["value"], users["groups"][0]["n_users"]) == (4, 1.0, 4)
    assert (body["data_version"], body["unknown_because"]) == (1, "")


def test_a_version_without_a_profile_is_said_to_be_unknown(loaded: FlaskClient, tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'data.db'}", read_only=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM profiles")
    engine.dispose()
    body = loaded.get("/api/v1/profile").get_json()
    assert body["profile"] is None
    assert "version 1 was loaded without a profile" in body["unknown_because"]


def test_refused_records_come_as_csv_that_no_spreadsheet_computes(loaded: FlaskClient) -> None:
    reply = loaded.get("/api/v1/quarantine.csv?run=1")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="rejected-run-1.csv"'
    head, row = csv.DictReader(StringIO(reply.text)).fieldnames, next(csv.DictReader(StringIO(reply.text)))
    assert head == ["run_id", "line", "column_name", "rule", "value", "raw"]
    assert (row["line"], row["column_name"], row["value"]) == ("6", "at", "'=never()")
    assert json.loads(row["raw"])["city"] == "=Delhi"


def test_without_refusals_the_csv_has_a_head_only(client: FlaskClient) -> None:
    assert client.get("/api/v1/quarantine.csv").text.count("\n") == 1


def test_a_csv_of_an_unknown_run_is_a_problem(loaded: FlaskClient) -> None:
    assert loaded.get("/api/v1/quarantine.csv?run=9").status_code == 400


def test_many_refused_records_come_in_pieces(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.configure(cleaning={"max_quarantined": 1})
    project.load([*ROWS, *(f"Old,0,n{n},u,never,Delhi,20,5," for n in range(12_000))])
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    reply = server_of(project.config, store).test_client().get("/api/v1/quarantine.csv", buffered=False)
    pieces = list(reply.iter_encoded())
    assert len(pieces) >= 3
    assert b"".join(pieces).count(b"\n") == 12_001
    store.disconnect()
