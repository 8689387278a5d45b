"""The API tells of the model what its page does, and claims nothing without a signal."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from config import Config
from dashboard.model_facts import ModelFacts
from semantic.store import Store
from tests.api.conftest import server_of
from tests.dashboard.sample_model import FAILED, STALE, TRAINING, SampleModels, sample_model

PATH = "/api/v1/model"


@pytest.fixture
def client(config: Config, store: Store) -> FlaskClient:
    """Return a client of a server whose model has a signal."""
    return client_of(config, store, sample_model())


def client_of(config: Config, store: Store, facts: ModelFacts) -> FlaskClient:
    """Return a client of a server with that model."""
    return server_of(config, store, SampleModels(facts)).test_client()


def body_of(client: FlaskClient) -> dict[str, Any]:
    """Return what the API answers."""
    reply = client.get(PATH)
    assert reply.status_code == 200, reply.text
    return dict(reply.get_json())


def test_metrics_of_all_learners_have_intervals(client: FlaskClient) -> None:
    body = body_of(client)
    assert (body["version"], body["state"], body["verdict"]["arrival"]["verdict"]) == (2, "ready", "signal")
    learners = body["tasks"][0]["learners"]
    assert [learner["name"] for learner in learners] == ["lightgbm", "logistic", "forest", "xgboost", "constant"]
    assert all(set(m) == {"value", "low", "high", "n"} for learner in learners for m in learner["held_out"].values())


def test_importance_card_and_uplift_are_told(client: FlaskClient) -> None:
    body = body_of(client)
    assert body["tasks"][1]["importance"][0]["name"] == "time_spent_s"
    assert body["card"].startswith("# Conversion model")
    assert (body["uplift"]["verdict"], body["auc_gap"]["n"]) == ("differs", 41_200)
    assert (body["drift"]["verdict"], body["versions"][0]["is_promoted"]) == ("drift shown", True)


@pytest.mark.parametrize("verdict", ["no useful signal", "undetermined"])
def test_without_a_signal_nothing_is_claimed(config: Config, store: Store, verdict: Any) -> None:
    body = body_of(client_of(config, store, sample_model(verdict)))
    claims = ("curves", "thresholds", "segments", "importance", "dependence", "calibration")
    assert [task[name] for task in body["tasks"] for name in claims] == [None] * 12
    assert (body["uplift"], bool(body["uplift_withheld"]), body["tasks"][0]["withheld"] != "") == (None, True, True)
    assert body["data"]["base_rate"]["value"] == 0.324


@pytest.mark.parametrize(("facts", "status"), [(ModelFacts(), 404), (TRAINING, 503), (FAILED, 503)])
def test_no_model_is_a_problem_in_words(config: Config, store: Store, facts: ModelFacts, status: int) -> None:
    reply = client_of(config, store, facts).get(PATH)
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert reply.get_json()["detail"] == facts.sentence


def test_a_model_older_than_the_data_is_told_with_what_is_the_matter(config: Config, store: Store) -> None:
    body = body_of(client_of(config, store, STALE))
    assert (body["state"], body["sentence"]) == ("stale", STALE.sentence)


def test_what_is_known_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, headers={"If-None-Match": tag}).status_code == 304


def test_where_no_model_was_ever_kept_the_remedy_is_told(config: Config, store: Store) -> None:
    reply = server_of(config, store).test_client().get(PATH)
    assert (reply.status_code, "python -m model train" in reply.get_json()["detail"]) == (404, True)
