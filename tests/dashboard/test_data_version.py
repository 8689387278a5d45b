"""An open page learns cheaply whether there is newer data."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from dashboard.data_version import PATH, serve_version
from dashboard.page import PageSource
from semantic.errors import StoreError
from semantic.notes import Notes


class Away:
    """A store whose database is away."""

    def snapshot(self) -> Any:
        """Raise what a store without data raises."""
        raise StoreError("the database x does not answer; check that it runs")


def client(source: PageSource) -> FlaskClient:
    """Return a browser of a server with the version alone."""
    server = Flask("test", static_folder=None)
    serve_version(server, source)
    return server.test_client()


def test_the_version_is_that_of_the_numbers(source: PageSource) -> None:
    told = client(source).get(PATH).get_json()["version"]
    assert told == source.page_data("/", "")["data"]["version"]


def test_who_knows_the_version_is_told_nothing(source: PageSource) -> None:
    etag = client(source).get(PATH).headers["ETag"]
    assert client(source).get(PATH, headers={"If-None-Match": etag}).status_code == 304


def test_without_data_the_reason_is_told(source: PageSource) -> None:
    reply = client(replace(source, store=Away())).get(PATH)  # type: ignore[arg-type]  # a fake
    assert (reply.status_code, "does not answer" in reply.get_json()["error"]) == (503, True)


def test_who_added_something_makes_another_answer(source: PageSource, tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",), check_every_s=0)
    browser = client(replace(source, notes=notes))
    etag = browser.get(PATH).headers["ETag"]
    notes.add_annotation("2026-07-03", "Release")
    reply = browser.get(PATH, headers={"If-None-Match": etag})
    assert (reply.status_code, reply.get_json()["notes"]) == (200, notes.stamp())
