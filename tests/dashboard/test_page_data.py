"""Every gesture asks for the data of a page once, by a plain request."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from dashboard.page import PageSource
from dashboard.page_data import PATH, serve_page_data


@pytest.fixture
def client(source: PageSource) -> FlaskClient:
    """Return a browser of a server with the page data alone."""
    server = Flask("test", static_folder=None)
    answers = CachedAnalyses(source.store, SharedCache(server))
    serve_page_data(server, replace(source, answers=answers))
    return server.test_client()


@pytest.mark.parametrize(("address", "path"), [("/", "/"), ("/explore", "/explore")])
def test_a_page_has_its_data_at_its_own_address(client: FlaskClient, address: str, path: str) -> None:
    page = client.get(f"{PATH}{address}?device=Mobile").get_json()
    assert (page["path"], page["search"], page["query"]) == (path, "device=Mobile", "device=Mobile")


def test_encoded_values_arrive_as_they_stand_in_the_url(client: FlaskClient) -> None:
    assert client.get(f"{PATH}/?age=18%E2%80%9325").get_json()["query"] == "age=18%E2%80%9325"


def test_numbers_are_never_kept_by_a_cache_on_the_way(client: FlaskClient) -> None:
    assert client.get(f"{PATH}/").headers["Cache-Control"] == "no-store"


def test_another_address_is_told(client: FlaskClient) -> None:
    assert "no page at /typo" in client.get(f"{PATH}/typo").get_json()["error"]
