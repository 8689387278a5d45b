"""The words of the data: dimensions with their members, and metrics with what they mean."""

from flask import Blueprint, Response

from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.reply import reply
from semantic.catalog import Dimension
from semantic.store import Snapshot


def catalog_routes(answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/dimensions and /api/v1/metrics."""
    store = answers.store
    routes = answer_errors(Blueprint("catalog", __name__, url_prefix="/api/v1"))

    @routes.get("/dimensions")
    def dimensions() -> Response:
        snapshot = store.snapshot()
        found = [_describe(dimension, snapshot) for dimension in store.catalog.dimensions]
        body = {"data_version": snapshot.version, "dimensions": found}
        return reply(body, snapshot.version, snapshot.loaded_at, answers.fingerprint)

    @routes.get("/metrics")
    def metrics() -> Response:
        return reply({"metrics": store.catalog.metrics}, answers.fingerprint)

    return routes


def _describe(dimension: Dimension, snapshot: Snapshot) -> dict[str, object]:
    return {
        "name": dimension.name,
        "label": dimension.label,
        "kind": dimension.kind,
        "unit": dimension.unit,
        "description": dimension.description,
        "members": snapshot.domains[dimension.name].members,
    }
