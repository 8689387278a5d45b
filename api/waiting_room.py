"""The waiting room: what answers while there is no data to serve; it lives, is not ready, and says why."""

from collections.abc import Callable
from html import escape

import orjson
from flask import Flask, Response

from api.errors import MACHINE_PATHS, problem
from api.headers import install_headers

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }}
body {{ margin: 20vh auto; max-width: 36rem; padding: 0 1rem }}
</style>
<h1>{title}</h1>
<p role="status">{reason}</p>
</html>
"""


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
        page = _PAGE.format(title=escape(title), reason=escape(reason()))
        found = Response(page, 503, mimetype="text/html") if is_page else problem(503, reason())
        found.headers["Retry-After"] = "2"
        found.headers["Cache-Control"] = "no-store"
        return found

    return server
