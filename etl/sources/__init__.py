"""Where sessions come from: what a source is, and the list of them."""

from collections.abc import Callable, Mapping

from config import Config
from etl.sources.csv import CsvSource
from etl.sources.source import Batch, Source, Unreadable
from etl.sources.synthetic import SyntheticSource

__all__ = ["SOURCES", "Batch", "CsvSource", "Source", "SyntheticSource", "Unreadable", "source_for"]


def _csv(config: Config) -> Source:
    spec = config.source
    return CsvSource(config.folder / spec.path, spec.delimiter, spec.encoding)


def _synthetic(config: Config) -> Source:
    spec = config.source
    return SyntheticSource(spec.profile, spec.sessions, spec.seed)


SOURCES: Mapping[str, Callable[[Config], Source]] = {"synthetic": _synthetic, "csv": _csv}


def source_for(config: Config) -> Source:
    """Return the source that is configured, with its lookups joined.

    Raises
    ------
    InputError
        Where it cannot be opened.
    """
    return SOURCES[config.source.kind](config)
