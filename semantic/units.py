"""UnitQuery and UnitAnswer: sums over what was randomised (users with all their sessions), and their products."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from semantic.catalog import VARIANT
from semantic.filter import EVERYTHING, Filter
from semantic.query import Answer, Query

FIRST_DAY = "first_day"
"""Axis: the day of a unit's first session with its variant, whatever the filter."""
EXPOSURE_DAY = "exposure_day"
"""Axis: whole days from that first day to the day of a session: ``0``, ``1`` and so on."""


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """What is summed over the sessions of each unit.

    Attributes
    ----------
    name : str
        Names the column; unique in a query.
    measure : str
        Name of a measure: what each session adds.
    is_any : bool
        1 where the sum is above 0, else 0, instead of the sum.
    cap_quantile : float or None
        The sum is cut off at this quantile of all positive sums of the query's units, all variants and groups together.
    is_before : bool
        Summed over the unit's sessions before the experiment began, which the filter does not touch.
    """

    name: str
    measure: str
    is_any: bool = False
    cap_quantile: float | None = None
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """Sums over units in each group, over the sessions that a filter keeps.

    A unit is a user together with the variant of the sessions; a session without a user is a unit of its own. It stands
    in each group in which it has a session that is kept.

    Attributes
    ----------
    columns : tuple of UnitColumn
        What is summed.
    by : tuple of str
        Axes: names of dimensions, `FIRST_DAY` or `EXPOSURE_DAY`.
    where : Filter
        Which sessions count. Those before the experiment began never do, but in columns of the pre-period.
    """

    columns: tuple[UnitColumn, ...]
    by: tuple[str, ...] = (VARIANT,)
    where: Filter = EVERYTHING

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that the query touches."""
        axes = (axis for axis in self.by if axis not in (FIRST_DAY, EXPOSURE_DAY))
        return tuple(dict.fromkeys((*axes, *self.where.dimensions)))


@dataclass(frozen=True)
class UnitAnswer:
    """The sums that a unit query asked for; k columns in its order.

    Attributes
    ----------
    by : tuple of str
        The axes.
    members : mapping of str to tuple of str
        Labels along each axis; every member of the data.
    n : ndarray of float, shape ``tuple(len(members[d]) for d in by)``
        Units in each group.
    totals : ndarray of float, shape (..., k)
        Sum of each column over the units.
    products : ndarray of float, shape (..., k, k)
        Sum over the units of the product of each two columns.
    n_crossed : int
        Users with kept sessions of more than one variant.
    caps : mapping of str to float
        Where each capped column was cut off; 0 where no unit has a positive sum.
    n_without_user : int
        Kept sessions whose user is not known, where the data names users; each is a unit of its own.
    version : int
        Version of the data that was read.
    origin : {"index", "sql"}
        Who answered.
    """

    by: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]
    n: npt.NDArray[np.float64]
    totals: npt.NDArray[np.float64]
    products: npt.NDArray[np.float64]
    version: int
    origin: Literal["index", "sql"]
    n_crossed: int = 0
    caps: Mapping[str, float] = field(default_factory=dict)
    n_without_user: int = 0


AnyQuery = Query | UnitQuery
AnyAnswer = Answer | UnitAnswer
