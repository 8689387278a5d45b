"""Definitions: what every dimension and metric means, where it comes from, and how it is computed."""

from dataclasses import dataclass

from config.load import Config
from semantic.catalog import DAY, STARTED_AT, Catalog, Dimension, Kind, Metric
from semantic.query import Domains


@dataclass(frozen=True, slots=True)
class DimensionDefinition:
    """What a dimension means.

    Attributes
    ----------
    name, label, kind, unit, description
        As of `Dimension`.
    source_column : str
        Column of the source that it is made from.
    members : tuple of str
        In this version of the data, in their order.
    edges : tuple of float
        Cuts of a band or number in this version; intervals are half-open.
    are_edges_chosen : bool
        True where the cuts were chosen from the data.
    missing : str
        What becomes of an empty cell: ``keep``, ``quarantine`` or ``zero``.
    is_post_treatment : bool
        True where it is measured after the engine acted.
    """

    name: str
    label: str
    kind: Kind
    unit: str
    description: str
    source_column: str
    members: tuple[str, ...]
    edges: tuple[float, ...]
    are_edges_chosen: bool
    missing: str
    is_post_treatment: bool


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """What a metric means.

    Attributes
    ----------
    name, label, unit, numerator, denominator, sum_of_squares, description
        As of `Metric`.
    kind : str
        ``proportion`` or ``mean``.
    formula : str
        In words, such as ``conversions / sessions``.
    source_column : str
        Column of the source that the numerator is made from.
    missing : str
        What becomes of an empty cell in it: ``keep`` (the session counts in no part of the ratio), ``quarantine`` or
        ``zero``.
    """

    name: str
    label: str
    unit: str
    numerator: str
    denominator: str
    sum_of_squares: str
    description: str
    kind: str
    formula: str
    source_column: str
    missing: str


def dimension_definitions(config: Config, domains: Domains) -> tuple[DimensionDefinition, ...]:
    """Return what each dimension means.

    Parameters
    ----------
    config : Config
        The words, and the columns that they come from.
    domains : mapping of str to Domain
        Members and edges in one version of the data.
    """
    return tuple(_dimension(dimension, config, domains) for dimension in config.catalog.dimensions)


def metric_definitions(config: Config) -> tuple[MetricDefinition, ...]:
    """Return what each metric means."""
    return tuple(_metric(metric, config) for metric in config.catalog.metrics)


def _dimension(dimension: Dimension, config: Config, domains: Domains) -> DimensionDefinition:
    spec, domain = config.fields[_field_of(dimension.name)], domains[dimension.name]
    return DimensionDefinition(
        name=dimension.name,
        label=dimension.label,
        kind=dimension.kind,
        unit=dimension.unit,
        description=dimension.description,
        source_column=spec.column,
        members=domain.members,
        edges=domain.edges,
        are_edges_chosen=bool(domain.edges) and not dimension.edges,
        missing=spec.missing or "keep",
        is_post_treatment=dimension.is_post_treatment,
    )


def _metric(metric: Metric, config: Config) -> MetricDefinition:
    numerator = config.catalog.measure(metric.numerator)
    spec = config.fields[_field_of(numerator.factors[0][0])]
    return MetricDefinition(
        name=metric.name,
        label=metric.label,
        unit=metric.unit,
        numerator=metric.numerator,
        denominator=metric.denominator,
        sum_of_squares=metric.sum_of_squares,
        description=metric.description,
        kind="proportion" if metric.is_proportion else "mean",
        formula=_formula(metric, config.catalog),
        source_column=spec.column,
        missing=spec.missing or "keep",
    )


def _formula(metric: Metric, catalog: Catalog) -> str:
    parts = (catalog.measure(name).label for name in (metric.numerator, metric.denominator))
    return " / ".join(part[:1].lower() + part[1:] for part in parts)


def _field_of(column: str) -> str:
    return STARTED_AT if column == DAY else column
