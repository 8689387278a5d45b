"""Saved views and annotations: list, get, add, replace, delete."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response

from analytics.cached import CachedAnalyses
from api.body import Body, read_body, refuse_foreign_writes
from api.errors import answer_errors, problem
from api.reply import reply, to_json
from semantic.catalog import VARIANT
from semantic.errors import ProductError, unknown_name
from semantic.notes import (
    Annotation,
    NameTakenError,
    NoteError,
    Notes,
    SavedView,
    TooManyNotesError,
    UnknownNoteError,
)
from semantic.store import Store


class ViewBody(Body):
    """A saved view as it is sent; what the fields mean: `SavedView`."""

    name: str
    path: str
    query: str = ""


class AnnotationBody(Body):
    """An annotation as it is sent; what the fields mean: `Annotation`."""

    day: str
    text: str
    variant: str | None = None


def notes_routes(answers: CachedAnalyses, notes: Notes) -> Blueprint:
    """Return /api/v1/views and /api/v1/annotations, with one of each below.

    Parameters
    ----------
    answers : CachedAnalyses
        Knows the variants that annotations may be about.
    notes : Notes
        Where they are kept.
    """
    routes = answer_errors(Blueprint("notes", __name__, url_prefix="/api/v1"))
    for kind, status in ((UnknownNoteError, 404), (NameTakenError, 409), (TooManyNotesError, 409)):
        routes.register_error_handler(kind, _problem_of(status))
    routes.before_request(refuse_foreign_writes)
    _add_views(routes, notes)
    _add_annotations(routes, notes, answers.store)
    return routes


def _add_views(routes: Blueprint, notes: Notes) -> None:
    @routes.get("/views")
    def views() -> Response:
        found = notes.read()
        return reply({"stamp": found.stamp, "views": list(map(_view, found.views))}, found.stamp)

    @routes.post("/views")
    def add_view() -> Response:
        body = read_body(ViewBody)
        return _created(_view(notes.add_view(body.name, body.path, body.query)))

    @routes.get("/views/<slug>")
    def view(slug: str) -> Response:
        found = notes.view(slug)
        return reply(_view(found), found)

    @routes.put("/views/<slug>")
    def replace_view(slug: str) -> Response:
        body = read_body(ViewBody)
        return _json(_view(notes.replace_view(slug, body.name, body.path, body.query)), 200)

    @routes.delete("/views/<slug>")
    def delete_view(slug: str) -> Response:
        notes.delete_view(slug)
        return Response(status=204)


def _add_annotations(routes: Blueprint, notes: Notes, store: Store) -> None:
    @routes.get("/annotations")
    def annotations() -> Response:
        found = notes.read()
        return reply({"stamp": found.stamp, "annotations": list(map(_annotation, found.annotations))}, found.stamp)

    @routes.post("/annotations")
    def add_annotation() -> Response:
        body = read_body(AnnotationBody)
        _check_variant(body.variant, store)
        return _created(_annotation(notes.add_annotation(body.day, body.text, body.variant)))

    @routes.get("/annotations/<number>")
    def annotation(number: str) -> Response:
        found = notes.annotation(_number(number))
        return reply(_annotation(found), found)

    @routes.delete("/annotations/<number>")
    def delete_annotation(number: str) -> Response:
        notes.delete_annotation(_number(number))
        return Response(status=204)


def _problem_of(status: int) -> Callable[[ProductError], Response]:
    return lambda error: problem(status, str(error))


def _check_variant(variant: str | None, store: Store) -> None:
    known = store.snapshot().domains[VARIANT].members
    if variant and variant not in known:
        raise NoteError(unknown_name("variant", variant[:80], known))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise UnknownNoteError(f"there is no annotation {text[:40]!r}; its id is a whole number")
    return int(text)


def _view(view: SavedView) -> dict[str, Any]:
    return asdict(view) | {"href": f"/api/v1/views/{view.slug}", "link": f"/v/{view.slug}"}


def _annotation(annotation: Annotation) -> dict[str, Any]:
    return asdict(annotation) | {"href": f"/api/v1/annotations/{annotation.id}"}


def _json(body: dict[str, Any], status: int) -> Response:
    found = Response(to_json(body), status, mimetype="application/json")
    found.headers["Cache-Control"] = "no-store"
    return found


def _created(body: dict[str, Any]) -> Response:
    found = _json(body, 201)
    found.headers["Location"] = body["href"]
    return found
