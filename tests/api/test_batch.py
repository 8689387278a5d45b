"""Files to be scored, over HTTP: only from our own pages, only a file, and each job answered until it is fetched."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import batch
from api.batch import batch_routes
from api.errors import install_errors
from config import load_config
from model.jobs import Jobs, jobs
from model.jobs.status import OUT, PROGRESS, REJECTED, SOURCE

CONFIG = load_config(Path(__file__).resolve().parents[2] / "config.yaml", {})
WORK = """
import json, pathlib, sys
source, out, rejected, progress = map(pathlib.Path, sys.argv[1:])
rows = source.read_text().splitlines()
out.write_text("\\n".join([rows[0] + ",score", *(row + ",0.3" for row in rows[1:])]))
rejected.write_text("line,column,reason\\n")
outcome = {"n_read": len(rows) - 1, "n_scored": len(rows) - 1, "n_rejected": 0, "seconds": 0.1}
progress.with_suffix(".part").write_text(json.dumps({"share": 1, "n_read": len(rows) - 1, "outcome": outcome}))
progress.with_suffix(".part").replace(progress)
"""
ROWS = "age\n" + "\n".join(map(str, range(20, 34)))
FILE = "application/octet-stream"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Yield a client of a server that scores by a few lines of its own."""

    def command(folder: Path) -> list[Any]:
        return [sys.executable, "-c", WORK, *(folder / name for name in (SOURCE, OUT, REJECTED, PROGRESS))]

    monkeypatch.setattr(jobs, "_command", command)
    server, found = Flask("test"), Jobs(tmp_path / "jobs", CONFIG)
    install_errors(server)
    server.register_blueprint(batch_routes(found))
    yield server.test_client()
    while found._running():
        time.sleep(0.01)


def sent(client: FlaskClient, text: str = ROWS) -> dict[str, Any]:
    """Return what is said of a file that was sent."""
    reply = client.post("/predict/batch?name=visits.csv", data=text, content_type=FILE)
    assert reply.status_code == 202, reply.text
    return dict(json.loads(reply.text))


def done(client: FlaskClient, href: str) -> dict[str, Any]:
    """Return what is said of a job once it is done."""
    deadline = time.monotonic() + 20
    while (found := client.get(href).get_json())["state"] != "done":
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return dict(found)


def test_a_file_comes_back_scored_with_its_first_rows(client: FlaskClient) -> None:
    found = done(client, sent(client)["href"])
    assert (found["name"], found["outcome"]["n_scored"]) == ("visits.csv", 14)
    assert found["head"]["columns"] == ["age", "score"]
    assert found["head"]["rows"] == [[str(age), "0.3"] for age in range(20, 30)]
    with client.get(f"{found['href']}/scored.csv") as reply:
        assert reply.headers["Content-Disposition"] == "attachment; filename=visits.scored.csv"
        assert reply.get_data(as_text=True).splitlines()[1] == "20,0.3"
    with client.get(f"{found['href']}/rejected.csv") as reply:
        assert reply.get_data(as_text=True).startswith("line,column,reason")


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data; boundary=x", "application/json"])
def test_what_a_foreign_form_can_send_is_not_taken(client: FlaskClient, kind: str) -> None:
    reply = client.post("/predict/batch", data=ROWS, content_type=kind)
    assert (reply.status_code, "send the file" in reply.get_json(force=True)["detail"]) == (415, True)


def test_the_page_of_another_site_cannot_write(client: FlaskClient) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post("/predict/batch", data=ROWS, content_type=FILE, headers=headers).status_code == 403
    href = sent(client)["href"]
    assert client.delete(href, headers=headers).status_code == 403


def test_too_large_a_file_is_refused_before_it_is_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST_BYTES", 20)
    reply = client.post("/predict/batch", data=ROWS, content_type=FILE)
    assert (reply.status_code, reply.get_json(force=True)["detail"].count("\n")) == (413, 0)


@pytest.mark.parametrize(
    ("query", "words"), [("?task=sideways", "unknown model 'sideways'"), ("", "the file is empty")]
)
def test_what_cannot_be_scored_is_one_sentence(client: FlaskClient, query: str, words: str) -> None:
    reply = client.post(f"/predict/batch{query}", data="", content_type=FILE)
    assert reply.status_code == 400
    assert words in reply.get_json(force=True)["detail"]


def test_a_job_that_was_taken_back_is_gone(client: FlaskClient) -> None:
    href = sent(client)["href"]
    assert client.delete(href).status_code == 204
    assert [client.get(place).status_code for place in (href, f"{href}/scored.csv", "/predict/batch/x")] == [404] * 3


def test_where_too_many_wait_it_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 0)
    assert client.post("/predict/batch", data=ROWS, content_type=FILE).status_code == 503
