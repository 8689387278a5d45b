"""Short links: /v/<slug> opens a saved view."""

from flask import Blueprint, Response

from api.plain_page import plain_page
from semantic.errors import ProductError, StoreError
from semantic.notes import Notes, SavedView, UnknownNoteError


def short_link_routes(title: str, notes: Notes) -> Blueprint:
    """Return /v/<slug>: a redirect to one of our own pages, or a page that says why there is none.

    Parameters
    ----------
    title : str
        Name of the product.
    notes : Notes
        Where saved views are kept.
    """
    routes = Blueprint("short_link", __name__)

    @routes.get("/v/<slug>")
    def open_view(slug: str) -> Response:
        found = Response(status=302, headers={"Location": _own_url(notes.view(slug), notes)})
        found.headers["Cache-Control"] = "no-store"
        return found

    @routes.errorhandler(ProductError)
    def explain(error: ProductError) -> Response:
        status = 503 if isinstance(error, StoreError) else 404
        found = Response(plain_page(title, f"{str(error)[:1].upper()}{str(error)[1:]}."), status, mimetype="text/html")
        found.headers["Cache-Control"] = "no-store"
        return found

    return routes


def _own_url(view: SavedView, notes: Notes) -> str:
    """Return where a view leads; its page is asked for again, as it was written by another release or another hand."""
    if view.path not in notes.page_paths:
        raise UnknownNoteError(f"the saved view {view.name!r} is of a page that is no longer there; open another")
    return view.url
