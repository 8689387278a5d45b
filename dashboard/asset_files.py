"""serve_assets: styles, scripts, fonts and maps, compressed once and kept by the browser for as long as they hold."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request

_FOREVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400, stale-while-revalidate=604800"
_MIN_BYTES = 512
_IS_PACKED = frozenset({".woff2", ".png"})


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it travels.

    Attributes
    ----------
    bodies : dict of str to bytes
        By content encoding; ``identity`` always.
    etag : str
        Names the content.
    media_type : str
        Such as ``text/css``.
    """

    bodies: dict[str, bytes]
    etag: str
    media_type: str


def serve_assets(server: Flask, folder: Path) -> None:
    """Serve the files of a folder below ``/assets``; a URL that names a version is kept for ever.

    Parameters
    ----------
    server : Flask
        Before Dash is mounted on it: the first route wins.
    folder : Path
        Its hidden files and whatever is outside it answer 404.
    """
    root = folder.resolve()

    @server.get("/assets/<path:name>", endpoint="assets")
    def asset(name: str) -> Response:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.name.startswith("."):
            abort(404)
        return _reply(_read(path, path.stat().st_mtime_ns), is_versioned="m" in request.args)


def _reply(found: Asset, *, is_versioned: bool) -> Response:
    encoding = request.accept_encodings.best_match(list(found.bodies), default="identity") or "identity"
    reply = Response(found.bodies[encoding], mimetype=found.media_type)
    if encoding != "identity":
        reply.content_encoding = encoding
    reply.vary.add("Accept-Encoding")
    reply.set_etag(f"{found.etag}-{encoding}")
    reply.headers["Cache-Control"] = _FOREVER if is_versioned else _A_DAY
    reply.make_conditional(request)
    return reply


@lru_cache(maxsize=256)
def _read(path: Path, _changed_at: int) -> Asset:
    """Return a file with its compressed forms, made when it is first asked for and again when it has changed."""
    body = path.read_bytes()
    bodies = {"identity": body}
    if len(body) >= _MIN_BYTES and path.suffix not in _IS_PACKED:
        bodies = {"gzip": gzip.compress(body, mtime=0), "identity": body}
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(bodies, hashlib.sha256(body).hexdigest()[:24], media_type)
