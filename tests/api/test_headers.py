import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from api.headers import install_headers


@pytest.mark.parametrize("path", ["/api/v1/analyses", "/api/typo", "/some/page", "/healthz"])
def test_every_reply_tells_the_browser_to_be_careful(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


def test_json_may_load_nothing(client: FlaskClient) -> None:
    assert client.get("/api/v1/analyses").headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Content-Security-Policy" not in client.get("/some/page").headers


def test_what_a_route_has_set_stays() -> None:
    server = Flask("test")
    install_headers(server)
    server.add_url_rule("/", "own", lambda: Response("x", headers={"X-Frame-Options": "DENY"}))
    assert server.test_client().get("/").headers["X-Frame-Options"] == "DENY"
