import pytest
from flask.testing import FlaskClient

from semantic.store import Store


def test_dimensions_come_with_their_members(client: FlaskClient, store: Store) -> None:
    found = {entry["name"]: entry for entry in client.get("/api/v1/dimensions").get_json()["dimensions"]}
    assert list(found) == [dimension.name for dimension in store.catalog.dimensions]
    assert found["device"]["members"] == ["Mobile", "Desktop", "Tablet"]
    assert found["age"]["kind"] == "band"


def test_metrics_say_what_they_divide(client: FlaskClient) -> None:
    first = client.get("/api/v1/metrics").get_json()["metrics"][0]
    assert (first["name"], first["numerator"], first["denominator"]) == ("conversion_rate", "n_converted", "n_sessions")


@pytest.mark.parametrize("path", ["/api/v1/dimensions", "/api/v1/metrics"])
def test_words_that_are_known_are_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
