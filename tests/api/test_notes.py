from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from semantic.notes import notes as module
from semantic.store import Store
from tests.api.conftest import server_of
from tests.dashboard.sample import sample_config

VIEWS, ANNOTATIONS = "/api/v1/views", "/api/v1/annotations"
VIEW = {"name": "Mobile in Delhi", "path": "/explore", "query": "?device=Mobile&location=Delhi"}
ANNOTATION = {"day": "2026-07-31", "text": "Release 2 </script>"}


@pytest.fixture
def empty_client(tmp_path: Path, store: Store) -> Iterator[FlaskClient]:
    """Yield a client of a server to which nothing was added."""
    with server_of(sample_config(tmp_path), store).test_client() as client:
        yield client


def test_a_saved_view_is_added_read_replaced_and_deleted(empty_client: FlaskClient) -> None:
    made = empty_client.post(VIEWS, json=VIEW)
    assert (made.status_code, made.headers["Location"]) == (201, made.get_json()["href"])
    href = made.get_json()["href"]
    assert set(made.get_json()) == {"slug", "name", "path", "query", "created_at", "href", "link"}
    assert made.get_json()["query"] == "device=Mobile&location=Delhi"
    assert empty_client.get(href).get_json() == made.get_json()
    changed = empty_client.put(href, json=VIEW | {"name": "Delhi"})
    assert changed.get_json() == made.get_json() | {"name": "Delhi"}
    assert empty_client.get(VIEWS).get_json()["views"] == [changed.get_json()]
    assert empty_client.delete(href).status_code == 204
    assert [empty_client.get(href).status_code, empty_client.delete(href).status_code] == [404, 404]


def test_an_annotation_is_added_read_and_deleted(empty_client: FlaskClient) -> None:
    made = empty_client.post(ANNOTATIONS, json=ANNOTATION | {"variant": "New"})
    assert (made.status_code, made.headers["Location"]) == (201, made.get_json()["href"])
    assert set(made.get_json()) == {"id", "day", "text", "variant", "created_at", "href"}
    href = made.get_json()["href"]
    assert empty_client.get(href).get_json() == made.get_json()
    assert empty_client.get(ANNOTATIONS).get_json()["annotations"] == [made.get_json()]
    assert empty_client.delete(href).status_code == 204
    assert [empty_client.get(href).status_code, empty_client.delete(href).status_code] == [404, 404]


def test_lists_bear_a_stamp_and_are_not_sent_again_unchanged(empty_client: FlaskClient) -> None:
    assert empty_client.get(VIEWS).get_json() == {"stamp": "", "views": []}
    empty_client.post(ANNOTATIONS, json=ANNOTATION)
    first = empty_client.get(VIEWS)
    assert first.get_json()["stamp"] == empty_client.get(ANNOTATIONS).get_json()["stamp"] != ""
    assert empty_client.get(VIEWS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    empty_client.post(VIEWS, json=VIEW)
    assert empty_client.get(VIEWS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "name is missing; add it; path is missing; add it"),
        (VIEW | {"name": " "}, "the name is empty, must have 1 to 80 characters; write something"),
        (VIEW | {"name": "a" * 81}, "the name has 81 characters, may have 80; shorten it"),
        (VIEW | {"name": 5}, "name is '5': Input should be a valid string"),
        (VIEW | {"path": "//evil.example"}, "unknown page '//evil.example'. Known: /, /explore"),
        (VIEW | {"query": "a" * 4001}, "the query has 4001 characters, may have 4000; remove some of the filter"),
        (VIEW | {"nmae": "a"}, "unknown field 'nmae'; did you mean 'name'? Known: name, path, query"),
    ],
)
def test_a_view_that_breaks_a_rule_is_answered_with_a_sentence(
    client: FlaskClient, body: dict[str, object], sentence: str
) -> None:
    reply = client.post(VIEWS, json=body)
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert reply.get_json(force=True)["detail"] == sentence


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (ANNOTATION | {"day": "31.7.2026"}, "day is '31.7.2026', must be a date from 1900 to 2199"),
        (ANNOTATION | {"text": ""}, "the text is empty"),
        (ANNOTATION | {"text": "a" * 121}, "the text has 121 characters, may have 120"),
        (ANNOTATION | {"variant": "Newest"}, "unknown variant 'Newest'; did you mean 'New'?"),
    ],
)
def test_an_annotation_that_breaks_a_rule_is_answered_with_a_sentence(
    client: FlaskClient, body: dict[str, object], words: str
) -> None:
    reply = client.post(ANNOTATIONS, json=body)
    assert reply.status_code == 400
    assert words in reply.get_json(force=True)["detail"]


def test_a_name_that_is_taken_is_a_conflict(empty_client: FlaskClient) -> None:
    empty_client.post(VIEWS, json=VIEW)
    reply = empty_client.post(VIEWS, json=VIEW | {"name": "MOBILE in delhi"})
    assert reply.status_code == 409
    assert "there is a saved view 'Mobile in Delhi'" in reply.get_json(force=True)["detail"]


def test_too_many_are_a_conflict(empty_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NOTES", 0)
    assert empty_client.post(VIEWS, json=VIEW).status_code == 409
    assert empty_client.post(ANNOTATIONS, json=ANNOTATION).status_code == 409


@pytest.mark.parametrize(
    "path", [f"{VIEWS}/nothing", f"{ANNOTATIONS}/1000000", f"{ANNOTATIONS}/-1", f"{ANNOTATIONS}/x"]
)
def test_what_does_not_exist_is_404_whatever_is_asked(client: FlaskClient, path: str) -> None:
    for reply in (client.get(path), client.delete(path)):
        assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
        assert "there is no" in reply.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("delete", VIEWS, {"GET", "HEAD", "OPTIONS", "POST"}),
        ("post", f"{VIEWS}/abc", {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}),
        ("put", ANNOTATIONS, {"GET", "HEAD", "OPTIONS", "POST"}),
        ("put", f"{ANNOTATIONS}/1", {"GET", "HEAD", "OPTIONS", "DELETE"}),
        ("post", "/v/abc", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient, method: str, path: str, allowed: set[str]) -> None:
    reply = getattr(client, method)(path)
    assert (reply.status_code, set(reply.headers["Allow"].split(", "))) == (405, allowed)


def test_a_database_that_cannot_be_written_is_503_and_the_rest_is_served(tmp_path: Path, store: Store) -> None:
    config = sample_config(tmp_path)
    (tmp_path / "sample.notes.db").mkdir()
    client = server_of(config, store).test_client()
    for reply in (client.post(VIEWS, json=VIEW), client.get(VIEWS)):
        assert reply.status_code == 503
        assert "sample.notes.db (unable to open database file)" in reply.get_json(force=True)["detail"]
    assert client.get("/api/v1/analyses/kpi").status_code == 200


def test_what_is_added_is_seen_by_another_worker_at_once(tmp_path: Path, store: Store) -> None:
    def worker() -> Flask:
        return server_of(sample_config(tmp_path), store)

    first, second = worker().test_client(), worker().test_client()
    second.get(VIEWS)
    made = first.post(VIEWS, json=VIEW).get_json()
    assert second.get(made["href"]).get_json() == made
    assert second.get(made["link"]).status_code == 302
