"""create_app: the Dash app over what its pages are made from."""

from functools import partial, reduce
from pathlib import Path

from dash import ClientsideFunction, Dash, Input, State
from flask import Flask

from dashboard.asset_files import bundle_address, serve_assets
from dashboard.data_version import serve_version
from dashboard.exports import serve_exports
from dashboard.grid_script import defer_grid
from dashboard.layout import page_layout
from dashboard.page import PageSource
from dashboard.page_data import serve_page_data

_ASSETS = Path(__file__).resolve().parents[1] / "assets"
_INDEX = Path(__file__).with_name("index.html").read_text(encoding="utf-8")


def create_app(source: PageSource, server: Flask) -> Dash:
    """Return the app that shows the pages, mounted on the server.

    Parameters
    ----------
    source : PageSource
        Title, words and ways of writing, and where pages get their numbers.
    server : Flask
        What serves it.
    """
    # Flask-Compress 1.25 leaves the file of a streamed response open; all others are compressed all the same.
    server.config.setdefault("COMPRESS_STREAMS", False)
    serve_assets(server, _ASSETS)
    serve_version(server, source)
    serve_exports(server, source)
    serve_page_data(server, source)
    defer_grid()
    app = Dash(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # its hint forgets that an instance may be given
        assets_folder=str(_ASSETS),
        assets_ignore=".",
        title=source.config.title,
        update_title="",
        index_string=_index(),
        serve_locally=True,
        compress=True,
    )
    app.layout = partial(page_layout, source.context, source.config.title, source.notes_data)
    _register(app)
    # Dash 4.4.1 sets itself up within the first request and lets requests beside it through: their scripts get a 500.
    with server.test_request_context():
        server.preprocess_request()
    return app


def _index() -> str:
    """Return the page around Dash; our scripts stand before its own, so that numbers are asked for at once."""
    addresses = {f"{{{name}}}": bundle_address(_ASSETS, name) for name in ("all.css", "all.js")}
    addresses["{theme}"] = f"/assets/theme.js?m={(_ASSETS / 'theme.js').stat().st_mtime_ns}"
    return reduce(lambda page, name: page.replace(name, addresses[name]), addresses, _INDEX)


def _register(app: Dash) -> None:
    start = ClientsideFunction("product", "start")
    app.clientside_callback(start, Input("settings", "data"), State("notes", "data"))
