"""serve_version: the version of the data and of what people add, so that an open page learns cheaply of both."""

import orjson
from flask import Flask, Response, request

from dashboard.page import PageSource
from semantic.errors import ProductError

PATH = "/data-version"


def serve_version(server: Flask, source: PageSource) -> None:
    """Serve ``version`` and ``notes`` at `PATH`: 304 to a caller that knows both, 503 with a sentence without data.

    Parameters
    ----------
    server : Flask
        Before Dash is mounted on it: its route takes whatever is left.
    source : PageSource
        Where pages get their numbers.
    """

    @server.get(PATH, endpoint="data_version")
    def data_version() -> Response:
        try:
            version, stamp = source.version(), source.stamp()
        except ProductError as error:
            return Response(orjson.dumps({"error": str(error)}), 503, mimetype="application/json")
        reply = Response(orjson.dumps({"version": version, "notes": stamp}), mimetype="application/json")
        reply.set_etag(f"{version}-{stamp}")
        reply.headers["Cache-Control"] = "no-cache"
        reply.make_conditional(request)
        return reply
