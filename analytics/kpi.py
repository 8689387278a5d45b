"""KPI: each metric per variant with interval, difference to control and to the previous period, and its course by day."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class KpiVariant:
    """One metric of one variant.

    Attributes
    ----------
    variant : str
        Its name.
    estimate : Estimate
        The metric; for the metric ``sessions`` a count without interval.
    share : Estimate or None
        For ``sessions`` only: share of all sessions, Wilson interval.
    difference : Estimate or None
        Variant minus control; None for control itself and for counts.
    change : Estimate or None
        This period minus the previous one of the same length; None where there is no previous period in the data.
    daily : tuple of (float or None)
        The metric on each day of ``KpiResult.days``.
    """

    variant: str
    estimate: Estimate
    share: Estimate | None
    difference: Estimate | None
    change: Estimate | None
    daily: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class KpiMetric:
    """One metric of all variants.

    Attributes
    ----------
    name, label, unit, description : str
        As in the catalog; ``sessions`` has unit ``count``.
    total : Estimate
        Over all variants.
    variants : tuple of KpiVariant
        Control first.
    """

    name: str
    label: str
    unit: str
    description: str
    total: Estimate
    variants: tuple[KpiVariant, ...]


@dataclass(frozen=True, slots=True)
class KpiResult:
    """All metrics.

    Attributes
    ----------
    control : str
        Name of control.
    days : tuple of str
        ISO days within the filter; empty where the data has no time.
    previous : str
        The previous period in words, such as "1 Apr – 30 Jun 2026"; empty where there is none.
    metrics : tuple of KpiMetric
        Conversion rate, sessions, then the means in the catalog's order.
    """

    control: str
    days: tuple[str, ...]
    previous: str
    metrics: tuple[KpiMetric, ...]
