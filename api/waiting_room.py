"""The waiting room: what answers while there is no data to serve; it lives, is not ready, and says why."""

from collections.abc import Callable

import orjson
from flask import Flask, Response

from api.errors import MACHINE_PATHS, problem
from api.headers import install_headers
from api.plain_page import plain_page


def waiting_room(title: str, reason: Callable[[], str]) -> Flask:
    """Return a server that answers everything with 503 and the reason, but /healthz with 200.

    Parameters
    ----------
    title : str
        Name of the product.
    reason : callable
        Returns why there is nothing to serve, in one sentence.
    """
    server = Flask("waiting_room", static_folder=None)
    install_headers(server)

    @server.route("/healthz")
    def healthz() -> Response:
        return Response(orjson.dumps({"status": "ok"}), mimetype="application/json")

    @server.route("/", defaults={"path": ""})
    @server.route("/<path:path>")
    def wait(path: str) -> Response:
        is_page = not f"/{path}".startswith(MACHINE_PATHS)
        page = plain_page(title, reason(), reloads=True)
        found = Response(page, 503, mimetype="text/html") if is_page else problem(503, reason())
        found.headers["Retry-After"] = "2"
        found.headers["Cache-Control"] = "no-store"
        return found

    return server
