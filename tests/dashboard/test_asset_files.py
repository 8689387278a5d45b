"""Assets travel compressed, are kept for as long as they hold, and nothing else is served."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.asset_files import bundle_address, serve_assets

STYLE = "p { color: red; }\n" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a style, a font and a file that is not to be served, beside a secret."""
    found = tmp_path / "assets"
    found.mkdir()
    (found / "a.css").write_text(STYLE)
    (found / "a.woff2").write_bytes(b"x" * 2000)
    (found / ".hidden").write_text("no")
    (tmp_path / "secret.txt").write_text("no")
    return found


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    """Return a browser of a server with those files."""
    server = Flask("test", static_folder=None)
    serve_assets(server, folder)
    return server.test_client()


def test_texts_travel_compressed(client: FlaskClient) -> None:
    reply = client.get("/assets/a.css", headers={"Accept-Encoding": "gzip, br"})
    assert (reply.headers["Content-Encoding"], reply.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert (gzip.decompress(reply.data).decode(), reply.mimetype) == (STYLE, "text/css")


@pytest.mark.parametrize(("path", "accepted"), [("a.css", "identity"), ("a.css", ""), ("a.woff2", "gzip")])
def test_others_travel_as_they_are(client: FlaskClient, folder: Path, path: str, accepted: str) -> None:
    reply = client.get(f"/assets/{path}", headers={"Accept-Encoding": accepted})
    assert ("Content-Encoding" in reply.headers, reply.data) == (False, (folder / path).read_bytes())


def test_a_version_is_kept_for_ever_and_others_for_a_day(client: FlaskClient) -> None:
    assert "immutable" in client.get("/assets/a.css?m=1").headers["Cache-Control"]
    assert "max-age=86400," in client.get("/assets/a.css").headers["Cache-Control"]


def test_what_the_browser_holds_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/assets/a.css").headers["ETag"]
    again = client.get("/assets/a.css", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_that_changed_is_sent_anew(client: FlaskClient, folder: Path) -> None:
    before = client.get("/assets/a.css").headers["ETag"]
    (folder / "a.css").write_text("q {}")
    after = client.get("/assets/a.css", headers={"If-None-Match": before})
    assert (after.status_code, after.text) == (200, "q {}")


@pytest.mark.parametrize("path", ["b.css", ".hidden", "../secret.txt", "%2e%2e/secret.txt", ""])
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404


def test_scripts_travel_as_one_in_their_order_but_for_the_theme(client: FlaskClient, folder: Path) -> None:
    for name in ("b.js", "a.js", "theme.js"):
        (folder / name).write_text(f"/* {name} */")
    assert client.get("/assets/all.js").text == "/* a.js */\n/* b.js */"


def test_a_bundle_has_another_address_once_a_file_has_changed(folder: Path) -> None:
    before = bundle_address(folder, "all.css")
    (folder / "b.css").write_text("p {}")
    assert bundle_address(folder, "all.css") != before
