"""Where sessions come from: what a source is, and the list of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from config import Config, LookupSpec
from etl.sources.csv import CsvSource
from etl.sources.database import DatabaseSource
from etl.sources.lookup import JoinedSource, Lookup
from etl.sources.parquet import ParquetSource
from etl.sources.source import Batch, Source, Unreadable
from etl.sources.synthetic import SyntheticSource

__all__ = ["SOURCES", "Batch", "Source", "Unreadable", "source_for"]


def _synthetic(config: Config) -> Source:
    spec = config.source
    return SyntheticSource(spec.profile, spec.sessions, spec.seed)


def _csv(config: Config) -> Source:
    spec = config.source
    return CsvSource(config.folder / spec.path, spec.delimiter, spec.encoding)


def _parquet(config: Config) -> Source:
    return ParquetSource(config.folder / config.source.path)


def _database(config: Config) -> Source:
    spec = config.source
    return DatabaseSource(_below(spec.url, config.folder), spec.table, spec.query)


SOURCES: Mapping[str, Callable[[Config], Source]] = {
    "synthetic": _synthetic,
    "csv": _csv,
    "parquet": _parquet,
    "database": _database,
}


def source_for(config: Config) -> Source:
    """Return the source that is configured, with its lookups joined.

    Raises
    ------
    InputError
        Where it cannot be opened, or a lookup does not fit.
    """
    source = SOURCES[config.source.kind](config)
    lookups = [_lookup(spec, config.folder) for spec in config.source.lookups]
    return JoinedSource(source, lookups) if lookups else source


def _lookup(spec: LookupSpec, folder: Path) -> Lookup:
    path = folder / spec.path
    if path.suffix in (".parquet", ".pq"):
        return Lookup(ParquetSource(path), spec.on)
    return Lookup(CsvSource(path, spec.delimiter, spec.encoding), spec.on)


def _below(url: str, folder: Path) -> str:
    """Return a URL whose SQLite file is found from the configuration's folder, as all relative paths are."""
    prefix = "sqlite:///"
    path = url.removeprefix(prefix)
    return f"{prefix}{folder / path}" if path != url else url
