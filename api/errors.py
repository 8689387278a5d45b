"""Errors as application/problem+json (RFC 9457): a status and one sentence."""

import logging
from http import HTTPStatus

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound

from api.reply import to_json
from semantic.errors import ProductError, StoreError

_LOG = logging.getLogger("recommender.api")
MACHINE_PATHS = ("/api/", "/healthz", "/readyz", "/predict/batch")
"""Where programs ask and not people."""
_RETRY_AFTER_S = "5"


def problem(status: int, detail: str) -> Response:
    """Return an error reply.

    Parameters
    ----------
    status : int
        HTTP status, 400 or above.
    detail : str
        One sentence with the value, the rule and the remedy.
    """
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.path}
    reply = Response(to_json(body), status, mimetype="application/problem+json")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        reply.headers["Retry-After"] = _RETRY_AFTER_S
    return reply


def answer_errors(routes: Blueprint) -> Blueprint:
    """Return the routes, with every error that they raise answered as a problem."""
    routes.register_error_handler(ProductError, _on_product_error)
    routes.register_error_handler(Exception, _on_crash)
    return routes


def install_errors(server: Flask) -> None:
    """Answer as problems what no route sees, such as a wrong method; pages keep their own errors."""
    server.register_error_handler(HTTPException, _on_http_error)


def guard_routes() -> Blueprint:
    """Return the route that answers 404 below /api, where the pages' catch-all would answer 200."""
    routes = Blueprint("guard", __name__)

    @routes.get("/api/")
    @routes.get("/api/<path:rest>")
    def unknown(rest: str = "") -> Response:
        raise NotFound(f"there is nothing at /api/{rest}; start at /api/v1/analyses")

    return routes


def _on_product_error(error: ProductError) -> Response:
    return problem(503 if isinstance(error, StoreError) else 400, str(error))


def _on_http_error(error: HTTPException) -> Response | HTTPException:
    if not request.path.startswith(MACHINE_PATHS):
        return error
    reply = problem(error.code or 500, error.description or "")
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            reply.headers[name] = value
    return reply


def _on_crash(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return _on_http_error(error)
    _LOG.exception("failed to answer %s", request.path)
    return problem(500, "the server failed to answer; its log says why")
