from flask.testing import FlaskClient


def test_a_living_process_says_so_even_without_data(away_client: FlaskClient) -> None:
    assert away_client.get("/healthz").get_json() == {"status": "ok"}


def test_a_ready_server_says_what_it_serves(client: FlaskClient) -> None:
    reply = client.get("/readyz").get_json()
    assert (reply["status"], reply["data_version"], reply["database"], reply["cache"]) == (
        "ready",
        1,
        "sqlite",
        "memory",
    )
    assert reply["n_sessions"] == 6_000
    assert reply["cube"]["n_bytes"] > 0
    assert reply["cube"]["cuboids"][0]["dimensions"][0] == "variant"


def test_without_data_it_is_not_ready(away_client: FlaskClient) -> None:
    reply = away_client.get("/readyz")
    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
    assert "python -m etl load" in reply.get_json(force=True)["detail"]
