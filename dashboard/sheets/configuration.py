"""Configuration: what is configured, without secrets, as the file has it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from config.shown import shown_configuration
from dashboard.sheets.blocks import Block, copying, groups
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted
from dashboard.table import Column, Table

_TOP = "general"
_HELP = (
    "What is in force, as the file and the environment give it; keys that are not set are left out. Passwords and keys "
    "are never shown."
)

Pairs = list[tuple[str, str]]


def _sections(facts: Facts) -> list[tuple[str, Pairs]]:
    shown = shown_configuration(facts.context.config)
    plain = {key: value for key, value in shown.items() if not isinstance(value, Mapping)}
    nested = {key: value for key, value in shown.items() if isinstance(value, Mapping)}
    found = [(_TOP, plain), *nested.items()]
    return [pair for title, values in found for pair in _split(title, values)]


def _split(title: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Pairs]]:
    """Yield a section, then those inside it, each with its set values in words."""
    inner = dict(_inner(values))
    pairs = [(key, _words(value)) for key, value in values.items() if key not in inner and _is_set(value)]
    if pairs:
        yield title, pairs
    for key, value in inner.items():
        for number, one in enumerate(value if isinstance(value, list) else [value], start=1):
            yield from _split(f"{title}.{key}{f'.{number}' if isinstance(value, list) else ''}", one)


def _inner(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        parts = value if isinstance(value, list) else [value]
        is_flat = isinstance(value, Mapping) and not any(isinstance(v, Mapping | list) for v in value.values())
        if parts and all(isinstance(part, Mapping) for part in parts) and not (is_flat and key == "aliases"):
            yield key, value


def _is_set(value: Any) -> bool:
    return value not in (None, "", [], {}, ())


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} → {_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value)


def _blocks(facts: Facts) -> list[Block]:
    text = json.dumps(shown_configuration(facts.context.config), ensure_ascii=False, indent=2)
    return [groups(_sections(facts)), copying(text, "Copy as JSON")]


def _table(facts: Facts) -> Table:
    rows = tuple((title, key, text) for title, pairs in _sections(facts) for key, text in pairs)
    return Table((Column("section", "Section"), Column("key", "Key"), Column("value", "Value")), rows)


def _summary(facts: Facts) -> str:
    sections = _sections(facts)
    n = sum(len(pairs) for _, pairs in sections)
    return f"{counted(n, 'setting', facts.write)} in force, without secrets."


CONFIGURATION = Sheet(
    "configuration", "Configuration", _blocks, _table, _summary, note="in force, without secrets", help=_HELP
)
