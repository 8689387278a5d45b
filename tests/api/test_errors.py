import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from api.errors import answer_errors


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v2/analyses", "/api/v1/analyses/kpi/more", "/api/v1/typo"])
def test_what_is_not_there_below_api_is_a_problem_and_no_page(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
    assert reply.get_json(force=True)["instance"] == path


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/api/v1/analyses", "/api/v1/analyses/kpi", "/api/v1/typo", "/readyz"])
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client: FlaskClient, path: str, method: str) -> None:
    reply = getattr(client, method)(path)
    assert (reply.status_code, reply.mimetype) == (405, "application/problem+json")
    assert "GET" in reply.headers["Allow"]


def test_pages_keep_their_own_errors(client: FlaskClient) -> None:
    assert client.post("/some/page").mimetype == "text/html"
    assert client.get("/some/page").text == "page some/page"


def test_a_crash_is_logged_and_answered_without_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    server = Flask("test")
    routes = answer_errors(Blueprint("broken", __name__))
    routes.add_url_rule("/api/broken", view_func=lambda: str(1 / 0), endpoint="broken")
    server.register_blueprint(routes)
    reply = server.test_client().get("/api/broken")
    assert (reply.status_code, "division" in reply.text) == (500, False)
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_is_away_is_503_with_a_time_to_ask_again(away_client: FlaskClient) -> None:
    reply = away_client.get("/api/v1/analyses/kpi")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    assert "no data is loaded yet" in reply.get_json(force=True)["detail"]


def test_head_and_options_are_answered(client: FlaskClient) -> None:
    assert client.head("/api/v1/analyses").status_code == 200
    assert client.options("/api/v1/analyses").status_code == 200
