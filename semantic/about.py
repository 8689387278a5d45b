"""About: what an export says of itself, in a file or sheet beside the numbers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from semantic.catalog import Catalog
from semantic.filter import Filter
from semantic.snapshot import Snapshot

_ORIGINS = {"observed": "sessions that happened", "simulated": "simulated sessions, made by a generator"}
Lines = tuple[tuple[str, str], ...]


def about_lines(
    title: str, where: Filter, snapshot: Snapshot, catalog: Catalog, definitions: Mapping[str, str]
) -> Lines:
    """Return (heading, text) pairs: what was exported, under which filter, from which data, and what its columns mean.

    Parameters
    ----------
    title : str
        What was exported.
    where : Filter
        What was kept.
    snapshot : Snapshot
        The version of the data.
    catalog : Catalog
        The words of the data.
    definitions : mapping of str to str
        A sentence for each column, see `definitions_of`.
    """
    labels = {dimension.name: dimension.label for dimension in catalog.dimensions}
    loaded_at = datetime.fromtimestamp(snapshot.loaded_at / 1000, UTC)
    return (
        ("Export", title),
        ("Filter", where.describe(labels)),
        ("Filter as in the address", where.to_query()),
        ("Data version", str(snapshot.version)),
        ("Data loaded at", f"{loaded_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Data", f"{snapshot.n_rows:,} {_ORIGINS.get(snapshot.origin, snapshot.origin)}"),
        *definitions.items(),
    )


def definitions_of(catalog: Catalog) -> dict[str, str]:
    """Return a sentence with label, meaning and unit for each column of the sessions and each metric, by its name."""
    columns = {c.name: _sentence(c.label or c.name, c.description, c.unit) for c in catalog.columns}
    return columns | {m.name: _sentence(m.label, m.description, m.unit) for m in catalog.metrics}


def about_text(lines: Iterable[tuple[str, str]]) -> str:
    """Return the pairs as plain text, one a line."""
    return "".join(f"{heading}: {' '.join(text.split())}\n" for heading, text in lines)


def described_by(path: str, query: bytes) -> str:
    """Return the value of a ``Link`` header that names what a file means.

    Parameters
    ----------
    path : str
        Address of the description.
    query : bytes
        The query string as it was asked; whatever no header may hold is encoded.

    Examples
    --------
    >>> described_by("/cards/age.about", "device=Möbel".encode())
    '</cards/age.about?device=M%C3%B6bel>; rel="describedby"'
    """
    asked = f"?{quote(query, safe='=&%,+')}" if query else ""
    return f'<{path}{asked}>; rel="describedby"'


def _sentence(label: str, description: str, unit: str) -> str:
    return f"{label}{f' ({unit})' if unit else ''}. {description}".strip()
