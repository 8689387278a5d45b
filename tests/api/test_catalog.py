import pytest
from flask.testing import FlaskClient

from semantic.store import Store


def test_dimensions_come_with_their_members(client: FlaskClient, store: Store) -> None:
    found = {entry["name"]: entry for entry in client.get("/api/v1/dimensions").get_json()["dimensions"]}
    assert list(found) == [dimension.name for dimension in store.catalog.dimensions]
    assert found["device"]["members"] == ["Mobile", "Desktop", "Tablet"]
    assert (found["age"]["kind"], found["age"]["source_column"]) == ("band", "Age")
    assert [name for name, entry in found.items() if entry["is_post_treatment"]] == ["time_spent_s", "pages_viewed"]


def test_metrics_say_what_they_divide(client: FlaskClient) -> None:
    first = client.get("/api/v1/metrics").get_json()["metrics"][0]
    assert (first["name"], first["numerator"], first["denominator"]) == ("conversion_rate", "n_converted", "n_sessions")
    assert first["formula"] == "conversions / sessions"


def test_the_configuration_in_force_is_told(client: FlaskClient) -> None:
    found = client.get("/api/v1/configuration").get_json()["configuration"]
    assert found["fields"]["device"]["column"] == "Device_Type"
    assert found["database"].startswith("sqlite:///")


@pytest.mark.parametrize("path", ["/api/v1/dimensions", "/api/v1/metrics", "/api/v1/configuration"])
def test_words_that_are_known_are_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
