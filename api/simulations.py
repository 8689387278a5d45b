"""Simulations: started with the settings of a URL, asked for until they are done, then read; equal ones run once."""

from collections.abc import Callable
from dataclasses import asdict

from flask import Blueprint, Response, request

from analytics.simulation.runs import Runs, RunStatus
from analytics.simulation.settings import Settings
from api.body import refuse_foreign_writes
from api.errors import answer_errors, problem
from api.reply import to_json
from semantic.errors import ProductError
from semantic.jobs import JobError

PATH = "/simulate/runs"
PREFIX = "simulate-"
_MOST_WHO = 40


def simulation_routes(runs: Runs, version: Callable[[], str]) -> Blueprint:
    """Return POST `PATH`, and below it each simulation: how it is doing, its result, and its end.

    Parameters
    ----------
    runs : Runs
        Who simulates.
    version : callable
        Returns what names the data.

    Notes
    -----
    The settings stand in the query as on the page, ``?simulate-rate=12``, or without ``simulate-``. ``who`` is any word
    that tells one reader from another: those who wait take turns.
    """
    routes = answer_errors(Blueprint("simulations", __name__))
    routes.register_error_handler(JobError, _gone)
    routes.before_request(refuse_foreign_writes)

    @routes.post(PATH)
    def start() -> Response:
        texts = {key.removeprefix(PREFIX): text for key, text in request.args.items()}
        try:
            key = runs.start(Settings.of(texts), version(), _who())
        except JobError as error:
            return problem(503, str(error))
        return _json(runs.status(key), 202)

    @routes.get(f"{PATH}/<key>")
    def status(key: str) -> Response:
        found = runs.status(key)
        return _json(found, 404 if found.state == "absent" else 200)

    @routes.delete(f"{PATH}/<key>")
    def cancel(key: str) -> Response:
        runs.cancel(key, _who())
        return Response(status=204)

    @routes.get(f"{PATH}/<key>/result.json")
    def result(key: str) -> Response:
        return Response(runs.payload(key), mimetype="application/json")

    return routes


def _who() -> str:
    return "".join(sign for sign in request.args.get("who", "")[:_MOST_WHO] if sign.isalnum())


def _gone(error: ProductError) -> Response:
    return problem(404, str(error))


def _json(found: RunStatus, status: int) -> Response:
    reply = Response(to_json(asdict(found) | {"href": f"{PATH}/{found.id}"}), status, mimetype="application/json")
    reply.headers["Cache-Control"] = "no-store"
    return reply
