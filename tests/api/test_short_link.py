from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from api.short_link import short_link_routes
from semantic.notes import Notes
from semantic.notes.tables import SAVED_VIEWS
from semantic.store import Store
from tests.api.conftest import PATHS, server_of
from tests.dashboard.sample import sample_config


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(sample_config(tmp_path).database_url, PATHS)


@pytest.fixture
def client(notes: Notes, store: Store, tmp_path: Path) -> FlaskClient:
    return server_of(sample_config(tmp_path), store).test_client()


@pytest.mark.parametrize(
    ("path", "query", "url"),
    [
        ("/explore", "device=Mobile,Tablet&day=2026-07-01..", "/explore?device=Mobile,Tablet&day=2026-07-01.."),
        ("/", "", "/"),
        ("/", "a=b\r\nX-Header: c&d=₹", "/?a=b%0D%0AX-Header:%20c&d=%E2%82%B9"),
    ],
)
def test_a_short_link_leads_to_the_page_with_its_filter(
    client: FlaskClient, notes: Notes, path: str, query: str, url: str
) -> None:
    reply = client.get(f"/v/{notes.add_view('a', path, query).slug}")
    assert (reply.status_code, reply.headers["Location"]) == (302, url)
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slug", ["nothing", "%3Cscript%3Ealert(1)", "%27or%201=1", "a" * 3000])
def test_an_unknown_link_is_a_page_with_a_way_home(client: FlaskClient, slug: str) -> None:
    reply = client.get(f"/v/{slug}")
    assert (reply.status_code, reply.mimetype) == (404, "text/html")
    assert "it was deleted, or its link was cut short." in reply.text
    assert '<a href="/">' in reply.text
    assert "<script>" not in reply.text


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "/gone"])
def test_a_path_that_is_not_ours_is_not_followed_even_from_the_database(
    client: FlaskClient, notes: Notes, path: str
) -> None:
    slug = notes.add_view("<b>a", "/").slug
    with notes._writer.begin() as connection:
        connection.execute(sa.update(SAVED_VIEWS).values(path=path))
    reply = client.get(f"/v/{slug}")
    assert (reply.status_code, "Location" in reply.headers) == (404, False)
    assert "The saved view &#x27;&lt;b&gt;a&#x27; is of a page that is no longer there; open another." in reply.text


def test_without_its_database_a_link_says_so(client: FlaskClient, notes: Notes) -> None:
    Path(notes.place).mkdir()
    reply = client.get("/v/abc")
    assert (reply.status_code, reply.mimetype) == (503, "text/html")
    assert "Saved views and annotations cannot be read" in reply.text


def test_it_has_one_route(notes: Notes) -> None:
    assert short_link_routes("Title", notes).name == "short_link"
