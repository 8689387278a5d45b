import json
from io import BytesIO

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from api.body import MAX_BODY_BYTES, Body, read_body, refuse_foreign_writes
from api.errors import install_errors


class Named(Body):
    """A body of one field."""

    name: str


@pytest.fixture
def client() -> FlaskClient:
    """Return a client of a server with one route that says what name it was sent."""
    server = Flask("test")
    install_errors(server)
    server.before_request(refuse_foreign_writes)
    server.add_url_rule("/api/name", "name", lambda: Response(read_body(Named).name), methods=["POST"])
    server.add_url_rule("/api/read", "read", lambda: Response("read"))
    return server.test_client()


def detail_of(client: FlaskClient, data: bytes, kind: str = "application/json") -> tuple[int, str]:
    reply = client.post("/api/name", data=data, content_type=kind)
    return reply.status_code, reply.get_json(force=True)["detail"]


@pytest.mark.parametrize("name", ["नया 🚀", "</script>", "\"'\\", "a\u0000b"])
def test_a_body_is_read_as_it_was_sent(client: FlaskClient, name: str) -> None:
    assert client.post("/api/name", json={"name": name}).text == name


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_foreign_form_can_send_is_not_taken(client: FlaskClient, kind: str) -> None:
    status, detail = detail_of(client, b'{"name": "a"}', kind)
    assert status == 415
    assert "must be 'application/json'; send the fields as JSON" in detail


def test_a_charset_beside_the_type_is_no_fault(client: FlaskClient) -> None:
    assert client.post("/api/name", data=b'{"name": "a"}', content_type="application/json; charset=utf-8").text == "a"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'"name"', b"\xff\xfe", b"{'name': 1}", b'{"name": "\\ud800"}', b"[" * 16_000]
)
def test_what_is_no_object_is_one_sentence(client: FlaskClient, data: bytes) -> None:
    status, detail = detail_of(client, data)
    assert (status, detail.count("\n")) == (400, 0)
    assert detail.endswith("; send the fields name")


def test_a_wrong_type_is_named_with_its_value(client: FlaskClient) -> None:
    assert detail_of(client, b'{"name": [1]}') == (400, "name is '[1]': Input should be a valid string")
    assert detail_of(client, b'{"name": null}') == (400, "name is 'None': Input should be a valid string")


def test_a_body_may_have_16_kb_and_no_more(client: FlaskClient) -> None:
    body = json.dumps({"name": "a" * (MAX_BODY_BYTES - 12)}).encode()
    assert len(body) == MAX_BODY_BYTES
    assert client.post("/api/name", data=body, content_type="application/json").status_code == 200
    status, detail = detail_of(client, body + b" ")
    assert (status, detail) == (413, "the body is over 16384 bytes, the most that is taken; shorten it")


def test_a_body_of_unknown_length_is_measured_while_it_comes(client: FlaskClient) -> None:
    sent = {"input_stream": BytesIO(b" " * (MAX_BODY_BYTES + 1)), "environ_overrides": {"wsgi.input_terminated": True}}
    assert client.post("/api/name", content_type="application/json", **sent).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://LOCALHOST", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://[x"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
def test_only_our_own_pages_write(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    reply = client.post("/api/name", json={"name": "a"}, headers=headers)
    assert reply.status_code == status
    assert status == 200 or "write from the dashboard's own pages" in reply.get_json(force=True)["detail"]


def test_everyone_may_read(client: FlaskClient) -> None:
    assert (
        client.get("/api/read", headers={"Origin": "http://other.example", "Sec-Fetch-Site": "cross-site"}).text
        == "read"
    )
