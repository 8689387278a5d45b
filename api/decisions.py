"""Decisions: the record of a verdict as a file."""

from flask import Blueprint, Response, request

from analytics import Params
from analytics.cached import CachedAnalyses
from analytics.decision import DECISION
from analytics.record import record_of, record_text
from api.errors import answer_errors
from api.parameters import read_filter, read_params
from config import Config


def decisions_routes(config: Config, answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/decisions/record, with the filter and parameters of /api/v1/analyses/decision.

    Parameters
    ----------
    config : Config
        Cleaning, and the level of intervals where none is asked for.
    answers : CachedAnalyses
        Whose store holds the data.
    """
    routes = answer_errors(Blueprint("decisions", __name__, url_prefix="/api/v1/decisions"))

    @routes.get("/record")
    def record() -> Response:
        query = request.query_string.decode(errors="replace")
        where, _ = answers.store.resolve(read_filter(query))
        params = read_params(query, DECISION, Params(config.display.confidence))
        made = record_of(answers.store, config, where, params)
        found = Response(record_text(made), mimetype="application/json")
        found.headers["Content-Disposition"] = f'attachment; filename="decision-{made["sha256"][:12]}.json"'
        found.headers["Cache-Control"] = "no-cache"
        return found

    return routes
