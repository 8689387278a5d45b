"""serve_exports: the numbers of any card as JSON, CSV and XLSX, each with what it says of itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import orjson
from flask import Flask, Response, request

from dashboard.card_table import CardTable, card_table
from dashboard.page import PageSource
from dashboard.table import Cell, Table
from dashboard.workbook import workbook
from semantic.about import about_text, described_by
from semantic.errors import ProductError, StoreError, UnknownNameError, unknown_name
from semantic.safe_csv import csv_pieces
from semantic.zipped import zip_pieces

MOST_ROWS = 500
"""Rows that the JSON holds; the page draws no more."""


def serve_exports(server: Flask, source: PageSource) -> None:
    """Serve ``/cards/<view>.<kind>`` under the query string of a page.

    Parameters
    ----------
    server : Flask
        Before Dash is mounted on it: its route takes whatever is left.
    source : PageSource
        Where pages get their numbers.

    Notes
    -----
    ``json`` is what the page draws as a table; ``csv`` the bare numbers, ``about`` what they mean, ``zip`` both;
    ``xlsx`` has the second as a second sheet. Unknown card or kind: 404 with a sentence; what cannot be
    asked: 400; no data: 503.
    """

    @server.get("/cards/<name>.<kind>", endpoint="cards")
    def export(name: str, kind: str) -> Response:
        try:
            if kind not in _KINDS:
                raise UnknownNameError(unknown_name("kind of export", kind, _KINDS))
            return _KINDS[kind](card_table(source, name, request.query_string.decode(errors="replace")))
        except ProductError as error:
            status = {UnknownNameError: 404, StoreError: 503}.get(type(error), 400)
            return Response(orjson.dumps({"error": str(error)}), status, mimetype="application/json")


def file_name(card: CardTable, kind: str) -> str:
    """Return a name such as ``device-2026-07-01.csv``, with the last day of the data, safe on every system."""
    dated = f"{card.view.name}-{card.last_day or f'v{card.snapshot.version}'}"
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '_', dated)}.{kind}"


def _as_json(card: CardTable) -> Response:
    table = card.table
    body = {
        "view": card.view.name,
        "title": card.view.label,
        "filter_text": card.filter_text,
        "data_version": f"{card.snapshot.version}-{card.snapshot.loaded_at}",
        "origin": card.snapshot.origin,
        "columns": table.columns,
        "rows": table.rows[:MOST_ROWS],
        "n_rows": len(table.rows),
        "about": card.about,
    }
    reply = Response(orjson.dumps(body), mimetype="application/json")
    reply.headers["Cache-Control"] = "no-cache"
    reply.add_etag()
    reply.make_conditional(request)
    return reply


def _as_csv(card: CardTable) -> Response:
    reply = _download(_csv(card.table), card, "csv", "text/csv; charset=utf-8")
    reply.headers["Link"] = described_by(f"{request.path.removesuffix('csv')}about", request.query_string)
    return reply


def _as_about(card: CardTable) -> Response:
    return Response(about_text(card.about), mimetype="text/plain")


def _as_zip(card: CardTable) -> Response:
    files = {file_name(card, "csv"): [_csv(card.table)], "about.txt": [about_text(card.about).encode()]}
    return _download(b"".join(zip_pieces(files)), card, "zip", "application/zip")


def _as_xlsx(card: CardTable) -> Response:
    loaded_at = datetime.fromtimestamp(card.snapshot.loaded_at / 1000, UTC)
    body = workbook(card.view.label, card.table, card.about, loaded_at)
    return _download(body, card, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


_KINDS: Mapping[str, Callable[[CardTable], Response]] = {
    "json": _as_json,
    "csv": _as_csv,
    "about": _as_about,
    "zip": _as_zip,
    "xlsx": _as_xlsx,
}


def _csv(table: Table) -> bytes:
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    types = {column.name: _type(cells) for column, cells in zip(table.columns, columns, strict=True)}
    return b"".join(csv_pieces(types, [columns]))


def _type(cells: Sequence[Cell]) -> str:
    """Return the type of a column's cells, as in `semantic.catalog.ColumnType`."""
    known = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) for cell in known):
        return "text"
    return "integer" if known and all(isinstance(cell, int) for cell in known) else "number"


def _download(body: bytes, card: CardTable, kind: str, media_type: str) -> Response:
    reply = Response(body, content_type=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{file_name(card, kind)}"'
    reply.headers["Cache-Control"] = "no-cache"
    return reply
