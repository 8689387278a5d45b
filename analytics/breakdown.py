"""Breakdown: the conversion rate in each member of a dimension, split by variant."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One member of the dimension.

    Attributes
    ----------
    member : str
        Its name.
    total : Estimate
        Conversion rate of all variants together, Wilson interval.
    variants : tuple of Estimate
        Conversion rate of each of ``BreakdownResult.variants``.
    """

    member: str
    total: Estimate
    variants: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class BreakdownResult:
    """Conversion by a dimension.

    Attributes
    ----------
    dimension, label : str
        Name and label of the dimension.
    variants : tuple of str
        Control first.
    rows : tuple of BreakdownRow
        In the order of the domain; members without any session in the whole data are left out.
    n_members : int
        Members in the data; more than ``len(rows)`` where the largest 30 were kept.
    """

    dimension: str
    label: str
    variants: tuple[str, ...]
    rows: tuple[BreakdownRow, ...]
    n_members: int
