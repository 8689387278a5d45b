"""Any card can be had as JSON, CSV, archive and XLSX, under the query string of its page."""

import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from dashboard.card_table import card_table
from dashboard.exports import MOST_ROWS, file_name, serve_exports
from dashboard.page import PageSource
from dashboard.table import Column, Table
from tests.dashboard.test_data_version import Away

QUERY = "?location=Delhi&device=Mobile"


@pytest.fixture
def client(source: PageSource) -> FlaskClient:
    """Return a browser of a server with the exports alone."""
    return client_of(source)


def client_of(source: PageSource) -> FlaskClient:
    server = Flask("test", static_folder=None)
    serve_exports(server, replace(source, answers=CachedAnalyses(source.store, SharedCache(server))))
    return server.test_client()


def test_json_holds_columns_rows_and_what_they_are(client: FlaskClient, source: PageSource) -> None:
    found, card = client.get(f"/cards/device.json{QUERY}").get_json(), card_table(source, "device", QUERY)
    assert [tuple(row) for row in found["rows"]] == list(card.table.rows)
    assert [column["name"] for column in found["columns"]] == [column.name for column in card.table.columns]
    assert (found["n_rows"], found["filter_text"], found["origin"]) == (3, "Location Delhi", "simulated")
    assert found["data_version"] == source.version()


def test_json_is_not_sent_to_who_has_it(client: FlaskClient) -> None:
    etag = client.get("/cards/device.json").headers["ETag"]
    assert client.get("/cards/device.json", headers={"If-None-Match": etag}).status_code == 304


def test_csv_is_bare_and_names_what_describes_it(client: FlaskClient) -> None:
    reply = client.get(f"/cards/device.csv{QUERY}")
    head, *rows = csv.reader(io.StringIO(reply.text))
    assert (head[0], {row[0] for row in rows}) == ("device", {"Mobile", "Desktop", "Tablet"})
    assert reply.headers["Link"] == f'</cards/device.about{QUERY}>; rel="describedby"'
    assert "Filter: Location Delhi\n" in client.get(f"/cards/device.about{QUERY}").text


def test_the_archive_holds_the_csv_and_what_it_says_of_itself(client: FlaskClient) -> None:
    reply = client.get(f"/cards/device.zip{QUERY}")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert archive.namelist() == ["device-2026-08-29.csv", "about.txt"]
        assert archive.read("device-2026-08-29.csv") == client.get(f"/cards/device.csv{QUERY}").data
        assert archive.read("about.txt") == client.get(f"/cards/device.about{QUERY}").data


def test_xlsx_holds_the_table_and_what_it_says_of_itself(client: FlaskClient, source: PageSource) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/cards/device.xlsx{QUERY}").data))
    card = card_table(source, "device", QUERY)
    members = [cell.value for cell in book["Table"]["A"]]
    assert members == ["Device", *(row[0] for row in card.table.rows)]
    assert [tuple(row) for row in book["About"].iter_rows(values_only=True)] == [(h, t or None) for h, t in card.about]


def test_files_are_named_after_card_and_day(client: FlaskClient) -> None:
    names = [client.get(f"/cards/device.{kind}").headers["Content-Disposition"] for kind in ("csv", "zip", "xlsx")]
    assert names == [f'attachment; filename="device-2026-08-29.{kind}"' for kind in ("csv", "zip", "xlsx")]


def test_a_file_name_is_safe_whatever_the_card_is_called(source: PageSource) -> None:
    card = card_table(source, "device", "")
    named = replace(card, view=replace(card.view, name='a/..\\"b\r\nü'))
    assert file_name(named, "csv") == "a_b_-2026-08-29.csv"


@pytest.mark.parametrize("path", ["/cards/devise.csv", "/cards/device.pdf", "/cards/devise.json"])
def test_what_does_not_exist_is_told(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, "unknown" in reply.get_json()["error"]) == (404, True)


def test_a_filter_that_cannot_be_read_is_left_out_as_on_pages(client: FlaskClient) -> None:
    about = client.get("/cards/device.about?age=x..y").text
    assert "Filter: all sessions\n" in about
    assert "Note: The link's filter was left out: age has the bound 'x'" in about


def test_without_data_the_reason_is_told(source: PageSource) -> None:
    server = Flask("test", static_folder=None)
    serve_exports(server, replace(source, store=Away()))  # type: ignore[arg-type]  # a fake
    reply = server.test_client().get("/cards/device.csv")
    assert (reply.status_code, "does not answer" in reply.get_json()["error"]) == (503, True)


@pytest.mark.parametrize("query", ["?device=%0d%0aX:%20y", "?device=\u00e9>", "?a=%ff&b=\x7f"])
def test_no_query_breaks_the_headers(client: FlaskClient, query: str) -> None:
    reply = client.get(f"/cards/device.csv{query}")
    assert reply.status_code == 200
    assert "X" not in reply.headers


def test_the_page_draws_so_many_rows_and_is_told_of_the_rest(
    source: PageSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = card_table(source, "device", "")
    many = replace(card, table=Table((Column("x", "X", "count"),), tuple((i,) for i in range(MOST_ROWS + 1))))
    monkeypatch.setattr("dashboard.exports.card_table", lambda *_: many)
    found = client_of(source).get("/cards/device.json").get_json()
    assert (len(found["rows"]), found["n_rows"]) == (MOST_ROWS, MOST_ROWS + 1)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_member_becomes_a_formula(source: PageSource, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    card = card_table(source, "device", "")
    nasty = replace(card, table=Table((Column("x", text), Column("n", "N", "count")), ((text, -1),)))
    monkeypatch.setattr("dashboard.exports.card_table", lambda *_: nasty)
    client = client_of(source)
    written = list(csv.reader(io.StringIO(client.get("/cards/device.csv").data.decode(), newline="")))
    assert written == [["x", "n"], [f"'{text}", "-1"]]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/cards/device.xlsx").data))
    assert [(cell.data_type, cell.quotePrefix) for cell in (book["Table"]["A1"], book["Table"]["A2"])] == [
        ("s", True)
    ] * 2
