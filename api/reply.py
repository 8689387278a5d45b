"""Replies: JSON bodies with a validator, so that what has not changed is not sent again."""

import hashlib
from typing import Any

import orjson
from flask import Response, request


def to_json(body: Any) -> bytes:
    """Return a body as JSON; NaN becomes null."""
    return orjson.dumps(body)


def reply(body: Any, *identity: object) -> Response:
    """Return a JSON reply, or 304 where the caller holds it already.

    Parameters
    ----------
    body : Any
        What orjson can write.
    *identity : object
        What the body follows from, the version of the data first.
    """
    found = Response(to_json(body), mimetype="application/json")
    found.set_etag(hashlib.sha256(repr(identity).encode()).hexdigest()[:32], weak=True)
    found.headers["Cache-Control"] = "no-cache"
    found.make_conditional(request)
    return found
