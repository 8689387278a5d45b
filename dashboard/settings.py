"""settings: what the browser must know before the first numbers arrive, and a name for it."""

import hashlib
from typing import Any

import orjson

from dashboard.pages import PAGES
from dashboard.view import Context, View


def settings(context: Context, views: tuple[View, ...]) -> dict[str, Any]:
    """Return what the browser must know before the first numbers arrive: words, ways of writing and empty figures."""
    display, catalog = context.config.display, context.config.catalog
    return {
        "currency": display.currency,
        "currency_position": display.currency_position,
        "currency_decimals": display.currency_decimals,
        "grouping": display.grouping,
        "numbers": display.numbers,
        "dates": display.dates,
        "confidence": display.confidence,
        "variants": context.variants,
        "dimensions": {d.name: {"label": d.label, "kind": d.kind} for d in catalog.dimensions},
        "pages": {
            page.path: {"name": page.name, "title": page.title, "has_filters": page.has_filters} for page in PAGES
        },
        "metrics": [(metric.label, metric.description) for metric in catalog.metrics],
        "title": context.config.title,
        "skeletons": {view.name: view.skeleton for view in views if view.skeleton},
    }


def frame_of(made: dict[str, Any]) -> str:
    """Return a short name of some settings; where it changes, an open page is out of date and must be made anew."""
    return hashlib.sha256(orjson.dumps(made)).hexdigest()[:16]
