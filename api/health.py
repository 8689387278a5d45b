"""Health: whether the process lives, and whether it can answer."""

from flask import Blueprint, Response

from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.reply import to_json


def health_routes(answers: CachedAnalyses) -> Blueprint:
    """Return /healthz (the process lives) and /readyz (database, data, cube, cache; 503 where it cannot answer)."""
    routes = answer_errors(Blueprint("health", __name__))

    @routes.get("/healthz")
    def healthz() -> Response:
        return Response(to_json({"status": "ok"}), mimetype="application/json")

    @routes.get("/readyz")
    def readyz() -> Response:
        answers.store.ping()
        return Response(to_json(_readiness(answers)), mimetype="application/json")

    return routes


def _readiness(answers: CachedAnalyses) -> dict[str, object]:
    snapshot = answers.store.snapshot()
    cuboids = [{"dimensions": cuboid.dimensions, "n_cells": cuboid.n_cells} for cuboid in snapshot.cube.cuboids]
    return {
        "status": "ready",
        "database": answers.store.engine.url.get_backend_name(),
        "data_version": snapshot.version,
        "loaded_at": snapshot.loaded_at,
        "n_sessions": snapshot.n_rows,
        "origin": snapshot.origin,
        "cube": {"n_bytes": snapshot.cube.n_bytes, "cuboids": cuboids},
        "cache": answers.shared.state,
    }
