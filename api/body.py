"""Bodies of requests that write: from our own pages, JSON, small, and checked field by field."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

from semantic.errors import unknown_name

MAX_BODY_BYTES = 16_384
_READING = ("GET", "HEAD", "OPTIONS")


class Body(BaseModel):
    """What a body may hold; nothing else is taken, and no type for another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


AnyBody = TypeVar("AnyBody", bound=Body)


def refuse_foreign_writes() -> None:
    """Raise Forbidden where a browser says that the page of another host wants to write."""
    if request.method in _READING:
        return
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host.casefold():
        raise Forbidden(
            f"Origin is {origin[:80]!r}, must be of {request.host}; write from the dashboard's own pages, "
            "and let a proxy before it pass on Host"
        )
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden("the request comes from another site; write from the dashboard's own pages")


def read_body(model: type[AnyBody]) -> AnyBody:
    """Return the request's body as a model.

    Parameters
    ----------
    model : type of Body
        Its fields.

    Raises
    ------
    HTTPException
        415 where it is not JSON by its type, 413 where it is over 16 KB, 400 where a field breaks a rule.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(
            f"Content-Type is {request.mimetype[:80]!r}, must be 'application/json'; send the fields as JSON"
        )
    request.max_content_length = MAX_BODY_BYTES
    try:
        return model.model_validate_json(request.get_data())
    except RequestEntityTooLarge as error:
        raise RequestEntityTooLarge(
            f"the body is over {MAX_BODY_BYTES} bytes, the most that is taken; shorten it"
        ) from error
    except ValidationError as error:
        raise BadRequest("; ".join(_sentence(fault, model) for fault in error.errors())) from error


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.casefold()
    except ValueError:
        return ""


def _sentence(fault: Any, model: type[Body]) -> str:
    name = ".".join(map(str, fault["loc"]))[:80]
    if fault["type"] == "extra_forbidden":
        return unknown_name("field", name, model.model_fields)
    if fault["type"] == "missing":
        return f"{name} is missing; add it"
    if not name:
        return f"the body must be a JSON object ({fault['msg']}); send the fields {', '.join(model.model_fields)}"
    return f"{name} is {str(fault['input'])[:40]!r}: {fault['msg']}"
