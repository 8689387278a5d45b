"""Analyses: the list of them, and one of them for the filter that the URL holds."""

import time

import orjson
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from analytics import ANALYSES, Analysis, Params
from analytics.analysis import Request
from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.parameters import VERSUS, read_filter, read_params, read_versus
from api.reply import reply
from config import Config
from semantic.catalog import Catalog
from semantic.errors import unknown_name
from semantic.filter import Filter
from semantic.snapshot import Snapshot
from semantic.store import Store


def analyses_routes(config: Config, answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/analyses and /api/v1/analyses/<name>.

    Parameters
    ----------
    config : Config
        Labels, and the level of intervals where none is asked for.
    answers : CachedAnalyses
        What computes.
    """
    routes = answer_errors(Blueprint("analyses", __name__, url_prefix="/api/v1/analyses"))
    catalog = answers.store.catalog

    @routes.get("")
    def index() -> Response:
        version = answers.store.version()
        found = [_describe(analysis, catalog) for analysis in ANALYSES]
        return reply({"data_version": version, "analyses": found}, version, answers.fingerprint)

    @routes.get("/<name>")
    def one(name: str) -> Response:
        started = time.perf_counter()
        query = request.query_string.decode(errors="replace")
        analysis = _find(name, catalog)
        where, notices = answers.store.resolve(read_filter(query))
        versus, more = _resolve(read_versus(query, analysis), answers.store)
        params = read_params(query, analysis, Params(config.display.confidence))
        wanted = Request(analysis, where, params, versus)
        snapshot, (payload,) = answers.payloads([wanted])
        body = _envelope(wanted, snapshot, catalog)
        notices = (*notices, *more, *_ignored(analysis, where, catalog))
        body |= {"notices": notices, "result": orjson.Fragment(payload)}
        body |= {"took_ms": round(1000 * (time.perf_counter() - started), 2)}
        return reply(body, answers.key(wanted, snapshot), notices)

    return routes


def _describe(analysis: Analysis, catalog: Catalog) -> dict[str, object]:
    is_available = analysis.is_available(catalog)
    return {
        "name": analysis.name,
        "title": analysis.title,
        "parameters": (*analysis.parameters, VERSUS) if analysis.has_versus else analysis.parameters,
        "href": f"/api/v1/analyses/{analysis.name}",
        "is_available": is_available,
        "unavailable_because": "" if is_available else _lack(analysis),
    }


def _resolve(versus: Filter | None, store: Store) -> tuple[Filter | None, tuple[str, ...]]:
    if versus is None:
        return None, ()
    known, notices = store.resolve(versus)
    return known, tuple(f"What is compared with: {notice}" for notice in notices)


def _find(name: str, catalog: Catalog) -> Analysis:
    analysis = next((a for a in ANALYSES if a.name == name), None)
    if not analysis:
        raise NotFound(unknown_name("analysis", name, [a.name for a in ANALYSES]))
    if not analysis.is_available(catalog):
        raise NotFound(f"{name} is not available: {_lack(analysis)}")
    return analysis


def _lack(analysis: Analysis) -> str:
    return f"it needs {analysis.needs}, which this data does not have"


def _envelope(wanted: Request, snapshot: Snapshot, catalog: Catalog) -> dict[str, object]:
    labels = {dimension.name: dimension.label for dimension in catalog.dimensions}
    return {
        "analysis": wanted.analysis.name,
        "title": wanted.analysis.title,
        "filter": wanted.where.to_query(),
        "filter_text": wanted.where.describe(labels),
        "versus": None if wanted.versus is None else wanted.versus.to_query(),
        "versus_text": "" if wanted.versus is None else wanted.versus.describe(labels),
        "data_version": snapshot.version,
        "origin": snapshot.origin,
        "confidence": wanted.params.confidence,
    }


def _ignored(analysis: Analysis, where: Filter, catalog: Catalog) -> list[str]:
    labels = [catalog.dimension(name).label for name in analysis.ignores if where.clause(name)]
    return [f"{analysis.title} needs every {label.lower()}, so the filter on it was left out." for label in labels]
