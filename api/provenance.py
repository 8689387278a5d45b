"""Provenance: the runs that made the data, what they refused, and the profile of what they loaded."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request

from analytics.cached import CachedAnalyses
from analytics.profiled import UNKNOWN_PROFILE, profile_result
from api.errors import answer_errors
from api.parameters import ParameterError
from api.reply import reply
from config import Config
from semantic.profile import read_profile
from semantic.provenance import N_RUNS, REJECTED_COLUMNS, Provenance, RejectedRow
from semantic.safe_csv import csv_pieces

_MAX_RUNS = 1_000
_MAX_RUN_ID = 2**31 - 1


def provenance_routes(config: Config, answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/runs (``limit``), /api/v1/quarantine (``run``, also .csv) and /api/v1/profile.

    Parameters
    ----------
    config : Config
        The fields, and the level of intervals.
    answers : CachedAnalyses
        Whose store names the database and the version.
    """
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

    @routes.get("/quarantine.csv")
    def quarantine_csv() -> Response:
        portions = provenance.rejected_rows(_whole_number("run", _MAX_RUN_ID))
        return _download(next(portions, []), portions)

    @routes.get("/profile")
    def profile() -> Response:
        snapshot, confidence = answers.store.snapshot(), config.display.confidence
        stored = read_profile(answers.store.engine, snapshot.version)
        found = profile_result(stored, config, confidence) if stored else None
        body = {"data_version": snapshot.version, "confidence": confidence, "profile": found}
        reason = "" if found else UNKNOWN_PROFILE.format(version=snapshot.version)
        return reply({**body, "unknown_because": reason}, snapshot.loaded_at, body)

    return routes


def _download(first: list[RejectedRow], rest: Iterator[list[RejectedRow]]) -> Response:
    """Return refused records as a streamed file; the first were read before, so that a fault is told as one."""
    portions = ([[getattr(row, name) for row in rows] for name in REJECTED_COLUMNS] for rows in chain([first], rest))
    types = {name: "integer" if name in ("run_id", "line") else "text" for name in REJECTED_COLUMNS}
    found = Response(csv_pieces(types, portions), content_type="text/csv; charset=utf-8")
    name = f"rejected-run-{first[0].run_id}.csv" if first else "rejected.csv"
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found.headers["Cache-Control"] = "no-cache"
    return found


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
