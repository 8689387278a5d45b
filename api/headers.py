"""Headers that tell a browser to be careful with what we send."""

from flask import Flask, Response

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_JSON_POLICY = "default-src 'none'; frame-ancestors 'none'"


def install_headers(server: Flask) -> None:
    """Add the headers to every reply; those that a route has set stay."""
    server.after_request(_add)


def _add(reply: Response) -> Response:
    for name, value in _ALWAYS.items():
        reply.headers.setdefault(name, value)
    if "json" in (reply.mimetype or ""):
        reply.headers.setdefault("Content-Security-Policy", _JSON_POLICY)
    return reply
