from flask import Flask
from flask.testing import FlaskClient

RULES = {
    "/healthz",
    "/readyz",
    "/api/v1/analyses",
    "/api/v1/analyses/<name>",
    "/api/v1/dimensions",
    "/api/v1/metrics",
    "/api/v1/sessions",
    "/api/v1/sessions.csv",
    "/api/v1/sessions.zip",
    "/api/v1/sessions.about",
    "/api/",
    "/api/<path:rest>",
}


def test_every_route_is_mounted(server: Flask) -> None:
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert rules - {"/<path:path>"} == RULES


def test_every_route_is_read_only(server: Flask) -> None:
    methods = {method for rule in server.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS"}


def test_links_of_the_index_lead_somewhere(client: FlaskClient) -> None:
    links = [entry["href"] for entry in client.get("/api/v1/analyses").get_json()["analyses"]]
    assert {client.get(f"{link}?by=device").status_code for link in links} <= {200, 400}
    assert client.get(links[0]).status_code == 200
