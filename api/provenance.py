"""Provenance: the runs that made the data, and what they refused."""

from flask import Blueprint, Response, request

from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.parameters import ParameterError
from api.reply import reply
from semantic.provenance import N_RUNS, Provenance

_MAX_RUNS = 1_000
_MAX_RUN_ID = 2**31 - 1


def provenance_routes(answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/runs (``limit``) and /api/v1/quarantine (``run``)."""
    routes = answer_errors(Blueprint("provenance", __name__, url_prefix="/api/v1"))
    provenance = Provenance(answers.store.engine)

    @routes.get("/runs")
    def runs() -> Response:
        found = provenance.runs(_whole_number("limit", _MAX_RUNS) or N_RUNS)
        return reply({"runs": found}, found)

    @routes.get("/quarantine")
    def quarantine() -> Response:
        found = provenance.quarantine(_whole_number("run", _MAX_RUN_ID))
        body = {"run": found.run if found else None, "reasons": found.reasons if found else []}
        return reply(body, found)

    return routes


def _whole_number(name: str, largest: int) -> int | None:
    """Return the whole number from 1 on that a parameter holds, or None where it is not given."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) <= largest):
        raise ParameterError(
            f"{name} is {text!r}, must be a whole number from 1 to {largest:,}; mend it or leave it out"
        )
    return int(text)
