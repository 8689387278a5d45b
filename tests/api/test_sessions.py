import csv
import io
import zipfile

import pytest
from flask.testing import FlaskClient

from semantic.filter import Filter
from semantic.query import Query
from semantic.store import Store


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_page_holds_sessions_under_a_filter_in_order(client: FlaskClient, store: Store) -> None:
    body = client.get("/api/v1/sessions?device=Mobile&sort=-time_spent_s&first=10&n=5").get_json()
    times = [row["time_spent_s"] for row in body["rows"]]
    assert times == sorted(times, reverse=True)
    assert {row["device"] for row in body["rows"]} == {"Mobile"}
    counted = store.answer(Query(("n_sessions",), (), Filter.from_query("device=Mobile")))["n_sessions"]
    assert (body["n"], body["n_sessions"], body["sort"], body["data_version"]) == (5, counted, "-time_spent_s", 1)


def test_columns_come_with_their_words(client: FlaskClient) -> None:
    columns = {c["name"]: c for c in client.get("/api/v1/sessions?n=1").get_json()["columns"]}
    assert (columns["time_spent_s"]["label"], columns["time_spent_s"]["unit"]) == ("Time spent", "s")


def test_what_the_data_does_not_know_is_told(client: FlaskClient) -> None:
    body = client.get("/api/v1/sessions?device=Toaster&n=1").get_json()
    assert "'Toaster'" in body["notices"][0]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("sort=devise", "did you mean 'device'"),
        ("first=-1", "first is -1"),
        ("n=1001", "n is 1001"),
        ("n=many", "n is 'many'"),
        ("first=1e3", "first is '1e3'"),
        ("age=a..b", "bound"),
    ],
)
def test_what_breaks_a_rule_is_one_sentence(client: FlaskClient, query: str, word: str) -> None:
    for path in ("/api/v1/sessions", "/api/v1/sessions.csv") if "n=" not in query else ("/api/v1/sessions",):
        reply = client.get(f"{path}?{query}")
        assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
        assert word in reply.get_json(force=True)["detail"]


def test_a_user_is_found_with_all_sessions(client: FlaskClient) -> None:
    rows = client.get("/api/v1/sessions?find=u7").get_json()["rows"]
    assert len(rows) == 2
    assert {row["user_id"] for row in rows} == {"u7"}


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/api/v1/sessions?n=3").headers["ETag"]
    assert client.get("/api/v1/sessions?n=3", headers={"If-None-Match": tag}).status_code == 304


def test_csv_holds_all_sessions_of_the_filter(client: FlaskClient) -> None:
    reply = client.get("/api/v1/sessions.csv?device=Tablet&sort=revenue")
    rows = csv_rows(reply.text)
    assert len(rows) == client.get("/api/v1/sessions?device=Tablet").get_json()["n_sessions"]
    assert [float(row["revenue"]) for row in rows] == sorted(float(row["revenue"]) for row in rows)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="sessions-v1.csv"'


def test_csv_names_what_describes_it(client: FlaskClient) -> None:
    link = client.get("/api/v1/sessions.csv?device=Tablet").headers["Link"]
    path, _, relation = link.partition("; ")
    assert relation == 'rel="describedby"'
    assert "Filter: Device Tablet\n" in client.get(path.strip("<>")).text


@pytest.mark.parametrize("raw", ["location=Bengal\xff", "location=\u20ac".encode().decode("latin1")])
def test_what_no_header_may_hold_is_encoded_in_the_link(client: FlaskClient, raw: str) -> None:
    reply = client.get("/api/v1/sessions.csv", environ_overrides={"QUERY_STRING": raw})
    assert reply.status_code == 200
    assert reply.headers["Link"].isascii()


def test_the_archive_holds_csv_and_its_description(client: FlaskClient) -> None:
    reply = client.get("/api/v1/sessions.zip?device=Tablet")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert archive.namelist() == ["sessions-v1.csv", "about.txt"]
        assert {row["device"] for row in csv_rows(archive.read("sessions-v1.csv").decode())} == {"Tablet"}
        assert "Data version: 1\n" in archive.read("about.txt").decode()


@pytest.mark.parametrize("name", ["sessions", "sessions.csv", "sessions.zip"])
def test_without_data_it_is_a_problem_and_no_file(away_client: FlaskClient, name: str) -> None:
    reply = away_client.get(f"/api/v1/{name}")
    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
