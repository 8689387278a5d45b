from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from analytics import ANALYSES, Analysis
from analytics.analysis import Request, result_to_dict, run
from config import Config
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.answers import catalog_of
from tests.analytics.examples import example_params
from tests.api.conftest import server_of

NAMES = [analysis.name for analysis in ANALYSES]
ANSWERED = [analysis for analysis in ANALYSES if analysis.name != "off_policy"]
"""What the sample has the fields for: its engines were drawn without logged chances."""


def path_of(analysis: Analysis) -> str:
    """Return where an analysis is asked for, with the names that it needs."""
    params = {name: getattr(example_params(analysis), name) for name in analysis.parameters if name != "confidence"}
    return f"/api/v1/analyses/{analysis.name}?{urlencode({name: value for name, value in params.items() if value})}"


PATHS = [path_of(analysis) for analysis in ANSWERED]


def get(client: FlaskClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    return reply.get_json()


def test_every_analysis_is_listed_with_its_link(client: FlaskClient) -> None:
    found = get(client, "/api/v1/analyses")["analyses"]
    assert [entry["name"] for entry in found] == [analysis.name for analysis in ANALYSES]
    assert [entry["name"] for entry in found if entry["is_available"]] == [analysis.name for analysis in ANSWERED]
    assert found[0]["href"] == "/api/v1/analyses/comparison"


@pytest.mark.parametrize("analysis", ANSWERED, ids=lambda analysis: analysis.name)
def test_an_analysis_gives_the_numbers_of_the_pages(client: FlaskClient, store: Store, analysis: Analysis) -> None:
    where = "device=Mobile&day=2026-07-10..2026-08-01"
    reply = get(client, f"{path_of(analysis)}&{where}")
    (expected,) = run(store, [Request(analysis, Filter.from_query(where), example_params(analysis))])
    assert reply["result"] == result_to_dict(expected)


def test_the_reply_says_what_it_is_about(client: FlaskClient) -> None:
    reply = get(client, "/api/v1/analyses/kpi?device=Mobile&day=2026-07-10..2026-08-01")
    assert reply["filter"] == "day=2026-07-10..2026-08-01&device=Mobile"
    assert reply["filter_text"] == "Date from 2026-07-10 to before 2026-08-01, Device Mobile"
    assert (reply["data_version"], reply["origin"], reply["confidence"]) == (1, "simulated", 0.95)
    assert reply["notices"] == []
    assert reply["took_ms"] > 0


def test_confidence_widens_the_intervals(client: FlaskClient) -> None:
    low, lower = (
        get(client, f"/api/v1/analyses/kpi?confidence={level}")["result"]["metrics"][0]["total"]["low"]
        for level in ("0.9", "0.99")
    )
    assert lower < low


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("device=Toaster", "Device has no 'Toaster' in this data"),
        ("planet=Mars", "This data has no 'planet' to filter by"),
        ("location=%3Cscript%3E", "Location has no '<script>'"),
        ("device=1..2", "device has no order"),
        ("day=1..2", "day has a range 1..2; its ends must be days"),
    ],
)
def test_an_unknown_value_is_a_notice(client: FlaskClient, query: str, notice: str) -> None:
    reply = get(client, f"/api/v1/analyses/kpi?{query}")
    assert reply["filter"] == ""
    assert notice in reply["notices"][0]


def test_a_filter_that_the_analysis_cannot_have_is_a_notice(client: FlaskClient) -> None:
    reply = get(client, "/api/v1/analyses/comparison?variant=New")
    assert reply["filter"] == ""
    assert reply["notices"] == ["How the variants compare needs every engine, so the filter on it was left out."]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("kpi?age=x..y", "age has the bound 'x'; write a number or a day"),
        ("kpi?confidence=95", "confidence is '95', must lie in (0.5, 1); write 0.95 for 95 %"),
        ("kpi?confidence=nan", "confidence is 'nan'"),
        ("breakdown", "unknown dimension to break down by ''"),
        ("breakdown?by=devise", "did you mean 'device'?"),
        ("kpi?by=device", "unknown parameter of kpi 'by'"),
        ("kpi?day=2026-13-45..", "day has the bound '2026-13-45'"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(client: FlaskClient, path: str, detail: str) -> None:
    reply = client.get(f"/api/v1/analyses/{path}")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert detail in reply.get_json(force=True)["detail"]


def test_an_unknown_analysis_names_the_known_ones(client: FlaskClient) -> None:
    reply = client.get("/api/v1/analyses/tremd")
    assert reply.status_code == 404
    assert f"did you mean 'trend'? Known: {', '.join(sorted(NAMES))}" in reply.get_json(force=True)["detail"]


def test_an_analysis_that_lacks_a_field_says_which(config: Config, store: Store) -> None:
    without_days = Store(store.engine, catalog_of("device"))
    found = server_of(config, without_days).test_client().get("/api/v1/analyses/trend")
    assert found.status_code == 404
    assert (
        "trend is not available: it needs the day on which each session began" in found.get_json(force=True)["detail"]
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_reply_that_is_known_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_other_questions_have_other_tags(client: FlaskClient) -> None:
    queries = ["", "?device=Mobile", "?device=Toaster", "?confidence=0.9"]
    assert len({client.get(f"/api/v1/analyses/kpi{query}").headers["ETag"] for query in queries}) == 4


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["", "device=Toaster", "age=60..61", "location=Delhi&gender=Other&day=2026-07-01"])
def test_json_never_holds_what_json_cannot(client: FlaskClient, path: str, query: str) -> None:
    text = client.get(f"{path}{'&' if '?' in path else '?'}{query}").text
    assert "NaN" not in text
    assert "Infinity" not in text


def test_key_figures_are_compared_with_another_selection(client: FlaskClient) -> None:
    reply = get(client, "/api/v1/analyses/kpi?device=Mobile&versus=device%3DTablet%26planet%3DMars")
    assert (reply["versus"], reply["versus_text"]) == ("device=Tablet", "Device Tablet")
    assert reply["result"]["versus"] == "Device Tablet"
    assert reply["result"]["metrics"][0]["variants"][1]["change"]["low"] is not None
    (notice,) = reply["notices"]
    assert notice.startswith("What is compared with: This data has no 'planet'")
