import pytest

from api.waiting_room import waiting_room


@pytest.mark.parametrize("path", ["/", "/overview", "/assets/app.css"])
def test_people_see_why_they_wait_and_need_not_reload(path: str) -> None:
    reply = waiting_room("Shop <1>", lambda: "loading 5 < 6").test_client().get(path)
    assert (reply.status_code, reply.mimetype, reply.headers["Retry-After"]) == (503, "text/html", "2")
    assert "Shop &lt;1&gt;" in reply.text
    assert "loading 5 &lt; 6" in reply.text
    assert 'http-equiv="refresh"' in reply.text


@pytest.mark.parametrize("path", ["/readyz", "/api/v1/analyses", "/api/v1/analyses/kpi"])
def test_programs_are_told_that_it_is_not_ready(path: str) -> None:
    reply = waiting_room("Shop", lambda: "loading").test_client().get(path)
    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
    assert reply.get_json(force=True)["detail"] == "loading"


def test_the_process_lives_meanwhile() -> None:
    assert waiting_room("Shop", lambda: "loading").test_client().get("/healthz").status_code == 200


def test_nothing_of_the_wait_is_kept() -> None:
    reply = waiting_room("Shop", lambda: "loading").test_client().get("/")
    assert reply.headers["Cache-Control"] == "no-store"
