from flask.testing import FlaskClient

from analytics.record import recompute


def test_the_record_of_a_verdict_is_a_file(client: FlaskClient) -> None:
    found = client.get("/api/v1/decisions/record?device=Mobile&method=sequential")
    assert found.status_code == 200
    assert found.headers["Content-Disposition"].startswith('attachment; filename="decision-')
    assert found.json["filter"] == "device=Mobile"
    assert recompute(found.json or {}).is_same


def test_it_answers_the_question_that_the_verdict_was_asked(client: FlaskClient) -> None:
    verdict = client.get("/api/v1/analyses/decision?device=Mobile&confidence=0.9").json["result"]
    assert verdict["question"] == "device=Mobile&confidence=0.9"
    record = client.get(f"/api/v1/decisions/record?{verdict['question']}").json
    assert record["result"] == verdict


def test_what_is_wrong_is_told_in_a_sentence(client: FlaskClient) -> None:
    assert client.get("/api/v1/decisions/record?method=guess").status_code == 400
    assert client.get("/api/v1/decisions/record?depth=2").mimetype == "application/problem+json"
