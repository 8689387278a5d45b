"""serve_page_data: what a page shows for its URL, as JSON; every gesture asks for it once."""

import orjson
from flask import Flask, Response, request

from dashboard.page import PageSource

PATH = "/page-data"


def serve_page_data(server: Flask, source: PageSource) -> None:
    """Serve the data of each page at `PATH` and the page's own address, such as ``/page-data/explore?device=Mobile``.

    Parameters
    ----------
    server : Flask
        Before Dash is mounted on it: its route takes whatever is left.
    source : PageSource
        Where pages get their numbers.
    """

    @server.get(f"{PATH}/", endpoint="page_data", defaults={"rest": ""})
    @server.get(f"{PATH}/<path:rest>", endpoint="page_data")
    def page_data(rest: str) -> Response:
        data = source.page_data(f"/{rest}", request.query_string.decode(errors="replace"))
        reply = Response(orjson.dumps(data), mimetype="application/json")
        reply.headers["Cache-Control"] = "no-store"
        return reply
