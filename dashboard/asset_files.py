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
_BUNDLES = ("all.css", "all.js")
_ALONE = "theme.js"
"""Loaded in the head, before the first paint."""


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

    Its own styles and scripts also travel as one file each, ``all.css`` and ``all.js``: a page waits for one answer.

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
        if name in _BUNDLES:
            return _reply(_read_all(tuple(map(_dated, bundled(root, name)))), is_versioned="m" in request.args)
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.name.startswith("."):
            abort(404)
        return _reply(_read_all((_dated(path),)), is_versioned="m" in request.args)


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


def bundled(folder: Path, name: str) -> list[Path]:
    """Return the files that travel together as ``all.css`` or ``all.js``, in their order.

    Parameters
    ----------
    folder : Path
        Where they are.
    name : {"all.css", "all.js"}
        Which bundle.
    """
    return [path for path in sorted(folder.glob(f"*{Path(name).suffix}")) if path.name != _ALONE]


def bundle_address(folder: Path, name: str) -> str:
    """Return the URL of a bundle, which names its version: it may be kept for ever."""
    files = "".join(f"{path.name}{path.stat().st_mtime_ns}" for path in bundled(folder, name))
    return f"/assets/{name}?m={hashlib.sha256(files.encode()).hexdigest()[:12]}"


def _dated(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=256)
def _read_all(files: tuple[tuple[Path, int], ...]) -> Asset:
    """Return files as one with its compressed forms, made when it is first asked for and again when one has changed."""
    body = b"\n".join(path.read_bytes() for path, _ in files)
    suffix = files[0][0].suffix
    bodies = {"identity": body}
    if len(body) >= _MIN_BYTES and suffix not in _IS_PACKED:
        bodies = {"gzip": gzip.compress(body, mtime=0), "identity": body}
    media_type = mimetypes.guess_type(files[0][0].name)[0] or "application/octet-stream"
    return Asset(bodies, hashlib.sha256(body).hexdigest()[:24], media_type)
