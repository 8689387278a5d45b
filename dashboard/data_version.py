"""serve_version: the version of the data, so that an open page learns cheaply of newer data."""

import orjson
from flask import Flask, Response, request

from dashboard.page import PageSource
from semantic.errors import ProductError

PATH = "/data-version"


def serve_version(server: Flask, source: PageSource) -> None:
    """Serve the version at `PATH`: 304 to a caller that knows it, 503 with a sentence where none can be read.

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
            version = source.version()
        except ProductError as error:
            return Response(orjson.dumps({"error": str(error)}), 503, mimetype="application/json")
        reply = Response(orjson.dumps({"version": version}), mimetype="application/json")
        reply.set_etag(version)
        reply.headers["Cache-Control"] = "no-cache"
        reply.make_conditional(request)
        return reply
