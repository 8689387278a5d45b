"""What of the configuration may be read by everyone: keys that are listed as safe, nothing of an environment."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from config.load import Config

HIDDEN = "(hidden)"
FROM_ENVIRONMENT = "(from the environment)"
SAFE: dict[str, tuple[str, ...]] = {
    "source": ("kind", "path", "delimiter", "encoding", "table", "profile", "sessions", "seed", "lookups"),
    "source.lookups": ("path", "on", "delimiter", "encoding"),
    "fields": (
        "column", "kind", "label", "unit", "description", "values", "aliases", "edges", "minimum", "maximum", "above",
        "missing", "after_engine", "chosen_by_engine",
    ),
    "cleaning": ("identical", "conflicting", "users_in_two_variants", "max_quarantined", "rules"),
    "cleaning.rules": ("name", "when", "then"),
    "display": (
        "currency", "currency_position", "currency_decimals", "grouping", "numbers", "dates", "timezone", "confidence",
        "base_map",
    ),
    "model": (
        "engine", "trees", "depth", "folds", "trials", "max_sessions", "seed", "value_of_conversion", "cost_of_action",
        "train_on_start",
    ),
}  # fmt: skip
"""Keys whose values are shown, by section; every other one that is set is shown as `HIDDEN`."""

_HOST = r"(?P<scheme>[a-z][\w+]*)://(?:[^@/?#\s]*@)?(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\])(?P<port>:\d+)?"
_SERVER = re.compile(_HOST + r"(?P<path>/[\w.-]*)?(?:\?[^@#]*)?")
_FILE = re.compile(r"(?P<shown>sqlite(?:\+\w+)?:///[^@:?#%=;&]*)(?:\?[^@]*)?")


def shown_configuration(config: Config) -> dict[str, Any]:
    """Return the configuration in force as nested plain data, without secrets.

    Parameters
    ----------
    config : Config
        As loaded.

    Returns
    -------
    dict
        ``title``, ``control``, ``port``, ``cube_memory_mb``; ``database`` and ``redis``: scheme, host, port and name
        only; ``source``, ``fields``, ``cleaning``, ``display`` and ``model`` as in the file. A value that the
        environment filled in is `FROM_ENVIRONMENT`; one that is not listed as safe is `HIDDEN`.

    Notes
    -----
    A key is shown because `SAFE` lists it, so that a new one stays hidden until it is thought about. A text that holds
    a URL is shown without user and query, and not at all where the URL cannot be told apart from a password.
    """
    shown = {
        "title": _plain("title", config.title, config),
        "control": _item("fields.variant.values.0", config.catalog.control, config, is_safe=True),
        "database": shown_url(config.database_url),
        "redis": shown_url(config.redis_url),
        "port": config.port,
        "cube_memory_mb": config.cube_memory_mb,
        "source": _section("source", config.source, config),
        "fields": {n: _section(f"fields.{n}", spec, config, SAFE["fields"]) for n, spec in config.fields.items()},
        "cleaning": _section("cleaning", config.cleaning, config),
        "display": _section("display", config.display, config),
        "model": _section("model", config.model, config),
    }
    return {name: _with_mark(name, value, config) for name, value in shown.items()}


def shown_url(text: str) -> str:
    """Return the scheme, host, port and name of a URL, `HIDDEN` where they cannot be told apart from a password.

    Examples
    --------
    >>> shown_url("mysql://shop:secret@db.example:3306/shop?ssl_key=secret")
    'mysql://db.example:3306/shop'
    >>> shown_url("redis://:se/cr@et@host/0")
    '(hidden)'
    """
    if not text:
        return ""
    if file := _FILE.fullmatch(text):
        return file["shown"]
    found = _SERVER.fullmatch(text)
    if not found:
        return HIDDEN
    return f"{found['scheme']}://{found['host']}{found['port'] or ''}{found['path'] or ''}"


def _section(place: str, spec: BaseModel, config: Config, safe: tuple[str, ...] = ()) -> dict[str, Any]:
    safe = safe or SAFE[re.sub(r"\.\d+$", "", place)]
    return {key: _item(f"{place}.{key}", value, config, is_safe=key in safe) for key, value in _items(spec)}


def _items(spec: BaseModel) -> Iterator[tuple[str, Any]]:
    return ((key, getattr(spec, key)) for key in type(spec).model_fields)


def _item(place: str, value: Any, config: Config, *, is_safe: bool) -> Any:
    if not is_safe:
        return HIDDEN if value else ""
    return _with_mark(place, _plain(place, value, config), config)


def _with_mark(place: str, value: Any, config: Config) -> Any:
    parts = place.removesuffix(".column").split(".")
    places = {place, *(".".join(parts[:end]) for end in range(1, len(parts) + 1))}
    return FROM_ENVIRONMENT if places & config.substituted else value


def _plain(place: str, value: Any, config: Config) -> Any:
    if isinstance(value, BaseModel):
        return _section(place, value, config)
    if isinstance(value, Mapping):
        return {str(key): _item(f"{place}.{key}", item, config, is_safe=True) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_item(f"{place}.{number}", item, config, is_safe=True) for number, item in enumerate(value)]
    return shown_url(value) if isinstance(value, str) and "://" in value else value
