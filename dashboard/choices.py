"""Choices of dimensions and metrics that cards offer; what they open with stands first."""

from collections.abc import Iterable

from analytics.members import splitting_dimensions
from dashboard.view import Choice, Context
from semantic.catalog import Dimension, Metric

MOST_MEMBERS = 30


def choice_of(option: str, label: str, known: Iterable[Dimension | Metric], first: str, taken: str = "") -> Choice:
    """Return a choice of dimensions or metrics.

    Parameters
    ----------
    option, label : str
        As in `Choice`.
    known : iterable of Dimension or Metric
        What may be chosen.
    first : str
        Name of the one that holds where nothing is chosen; where it is not known, the first one.
    taken : str
        Name of one that another choice of the card holds.
    """
    ordered = sorted(known, key=lambda one: one.name != first)
    return Choice(option, label, tuple((one.name, one.label) for one in ordered), taken)


def short_dimensions(context: Context) -> tuple[Dimension, ...]:
    """Return the dimensions whose members fit a card; of categories and places the largest are shown."""
    domains = context.snapshot.domains
    return tuple(
        dimension
        for dimension in splitting_dimensions(context.config.catalog)
        if dimension.kind in ("category", "place") or len(domains[dimension.name]) <= MOST_MEMBERS
    )


def first_of_kind(dimensions: Iterable[Dimension], *kinds: str, but: str = "") -> str:
    """Return the name of the first dimension of the first kind that has one; empty where there is none."""
    known = [dimension for dimension in dimensions if dimension.name != but]
    return next((one.name for kind in kinds for one in known if one.kind == kind), known[0].name if known else "")
