"""The grid's script is served, but no page's first load asks for it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.grid_script import grid_script
from dashboard.page import PageSource


@pytest.fixture(scope="module")
def client(source: PageSource) -> FlaskClient:
    """Return a client of a server with the pages."""
    server = Flask("test", static_folder=None)
    create_app(source, server)
    return server.test_client()


def test_a_page_does_not_load_the_script_by_itself(client: FlaskClient) -> None:
    page = client.get("/explore").text
    assert "/_dash-component-suites/dash/" in page
    assert f'src="{grid_script()}"' not in page


def test_the_script_is_at_its_address_and_may_be_kept(client: FlaskClient) -> None:
    reply = client.get(grid_script())
    assert reply.status_code == 200
    assert "max-age=31536000" in reply.headers["Cache-Control"]
