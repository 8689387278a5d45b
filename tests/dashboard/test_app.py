"""The app serves everything itself."""

import re
from dataclasses import replace

import pytest
from dash import Dash
from flask import Flask

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from dashboard.app import create_app
from dashboard.page import PageSource
from tests.dashboard.sample import ROOT


@pytest.fixture(scope="module")
def app(source: PageSource) -> Dash:
    """Return the app on a server of its own."""
    server = Flask("test", static_folder=None)
    answers = CachedAnalyses(source.store, SharedCache(server))
    return create_app(replace(source, answers=answers), server)


def test_the_page_asks_no_other_host(app: Dash) -> None:
    html = app.server.test_client().get("/").text
    assert re.findall(r'(?:src|href)="(?!/)[^"]+"', html) == []


@pytest.mark.parametrize("path", sorted(p.name for p in (ROOT / "assets").glob("*.css")))
def test_styles_ask_no_other_host(path: str) -> None:
    assert not re.search(r"url\(['\"]?(?:https?:)?//|@import", (ROOT / "assets" / path).read_text(encoding="utf-8"))


def test_the_theme_is_loaded_once_and_before_everything_else(app: Dash) -> None:
    html = app.server.test_client().get("/").text
    assert html.count("theme.js") == 1
    assert html.index("theme.js") < html.index("all.css")


def test_own_scripts_are_one_file_that_runs_before_dash(app: Dash) -> None:
    html = app.server.test_client().get("/").text
    assert re.findall(r'src="(/assets/\w+\.js)', html) == ["/assets/theme.js", "/assets/all.js"]
    assert html.index("all.js") < html.index("_dash-component-suites")


def test_no_callback_stands_between_a_gesture_and_its_numbers(app: Dash) -> None:
    assert [c["output"] for c in app._callback_list if not c["clientside_function"]] == []
    assert app.server.test_client().get("/page-data/").get_json()["n_sessions"] == 6000


def test_two_apps_in_one_process_do_not_disturb_each_other(source: PageSource) -> None:
    servers = [Flask(name, static_folder=None) for name in ("one", "two")]
    for server in servers:
        create_app(source, server)
    assert [s.test_client().get("/_dash-dependencies").text.count('"output"') for s in servers] == [1, 1]


def test_answers_travel_compressed(app: Dash) -> None:
    response = app.server.test_client().get("/_dash-layout", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_every_script_is_known_before_the_first_request(source: PageSource) -> None:
    app = create_app(source, Flask("fresh", static_folder=None))
    known = {name: set(paths) for name, paths in app.registered_paths.items()}
    scripts = re.findall(r'src="/_dash-component-suites[^"]+"', app.server.test_client().get("/").text)
    assert len(scripts) > 3
    assert known == app.registered_paths
