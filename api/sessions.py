"""Sessions themselves: a page as JSON, all of them as CSV, and what the CSV says of itself."""

import time
from collections.abc import Iterator
from dataclasses import asdict, replace

from flask import Blueprint, Response, request

from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.parameters import read_page
from api.reply import reply
from semantic.about import about_lines, about_text, definitions_of, described_by
from semantic.drill_down import DrillDown, Stream
from semantic.safe_csv import csv_pieces
from semantic.sessions_page import PageQuery, SessionsPage
from semantic.snapshot import Snapshot
from semantic.store import Store
from semantic.zipped import zip_pieces


def sessions_routes(answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/sessions, all of them as .csv and .zip, and as .about what the csv says of itself."""
    routes = answer_errors(Blueprint("sessions", __name__, url_prefix="/api/v1"))
    store, sessions = answers.store, DrillDown(answers.store)

    @routes.get("/sessions")
    def page() -> Response:
        started = time.perf_counter()
        query, notices = _asked(store)
        body = _describe(sessions.page(query), query, store) | {"notices": notices}
        took_ms = round(1000 * (time.perf_counter() - started), 2)
        return reply(body | {"took_ms": took_ms}, body)

    @routes.get("/sessions.csv")
    def as_csv() -> Response:
        query, _ = _asked(store)
        stream = sessions.stream(query)
        found = _download(_csv(stream, store), f"{_name(stream.snapshot)}.csv", "text/csv; charset=utf-8")
        found.headers["Link"] = described_by("/api/v1/sessions.about", request.query_string)
        return found

    @routes.get("/sessions.zip")
    def as_zip() -> Response:
        query, _ = _asked(store)
        stream = sessions.stream(query)
        about = _about(query, stream.snapshot, store).encode()
        files = {f"{_name(stream.snapshot)}.csv": _csv(stream, store), "about.txt": [about]}
        return _download(zip_pieces(files), f"{_name(stream.snapshot)}.zip", "application/zip")

    @routes.get("/sessions.about")
    def as_about() -> Response:
        query, _ = _asked(store)
        return Response(_about(query, store.snapshot(), store), mimetype="text/plain")

    return routes


def _asked(store: Store) -> tuple[PageQuery, tuple[str, ...]]:
    query = read_page(request.query_string.decode(errors="replace"))
    where, notices = store.resolve(query.where)
    return replace(query, where=where), notices


def _describe(page: SessionsPage, query: PageQuery, store: Store) -> dict[str, object]:
    labels = {dimension.name: dimension.label for dimension in store.catalog.dimensions}
    return {
        "filter": query.where.to_query(),
        "filter_text": query.where.describe(labels),
        "sort": query.sort.to_text(),
        "find": query.find,
        "first": page.first,
        "n": len(page.rows),
        "n_sessions": page.n_sessions,
        "data_version": page.version,
        "origin": page.origin,
        "columns": [asdict(column) for column in page.columns],
        "rows": page.records(),
    }


def _csv(stream: Stream, store: Store) -> Iterator[bytes]:
    return csv_pieces({column.name: column.type for column in store.catalog.columns}, stream.portions)


def _about(query: PageQuery, snapshot: Snapshot, store: Store) -> str:
    names = {column.name for column in store.catalog.columns}
    meant = {name: text for name, text in definitions_of(store.catalog).items() if name in names}
    title = f"Sessions{f' of {query.find}' if query.find else ''}, sorted by {query.sort.to_text()}"
    return about_text(about_lines(title, query.where, snapshot, store.catalog, meant))


def _name(snapshot: Snapshot) -> str:
    return f"sessions-v{snapshot.version}"


def _download(pieces: Iterator[bytes], name: str, kind: str) -> Response:
    found = Response(pieces, content_type=kind)
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found.headers["Cache-Control"] = "no-cache"
    return found
