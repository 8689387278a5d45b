from flask import Flask
from flask.testing import FlaskClient

RULES = {
    "/healthz",
    "/readyz",
    "/api/v1/analyses",
    "/api/v1/analyses/<name>",
    "/api/v1/decisions/record",
    "/api/v1/dimensions",
    "/api/v1/metrics",
    "/api/v1/model",
    "/api/v1/sessions",
    "/api/v1/sessions.csv",
    "/api/v1/sessions.zip",
    "/api/v1/sessions.about",
    "/api/v1/views",
    "/api/v1/views/<slug>",
    "/api/v1/annotations",
    "/api/v1/annotations/<number>",
    "/v/<slug>",
    "/api/v1/configuration",
    "/api/v1/runs",
    "/api/v1/quarantine",
    "/api/v1/quarantine.csv",
    "/api/v1/profile",
    "/api/",
    "/api/<path:rest>",
}


def test_every_route_is_mounted(server: Flask) -> None:
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert rules - {"/<path:path>"} == RULES


def test_only_what_people_add_can_be_written(server: Flask) -> None:
    read = {"GET", "HEAD", "OPTIONS"}
    written = {rule.rule for rule in server.url_map.iter_rules() if (rule.methods or set()) - read}
    assert written == {rule for rule in RULES if rule.startswith(("/api/v1/views", "/api/v1/annotations"))}


def test_links_of_the_index_lead_somewhere(client: FlaskClient) -> None:
    found = client.get("/api/v1/analyses").get_json()["analyses"]
    links = [entry["href"] for entry in found if entry["is_available"]]
    assert {client.get(f"{link}?by=device").status_code for link in links} <= {200, 400}
    assert client.get(links[0]).status_code == 200
