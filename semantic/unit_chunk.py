"""UnitChunk: some whole users with all their rows; which rows are kept, whose they are, and sums over each unit."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeVar

import numpy as np

from semantic.catalog import VARIANT, Measure
from semantic.row_codes import AnyCodes, Floats, Places
from semantic.selection import Bools
from semantic.unit_rows import Test, UnitRows
from semantic.units import EXPOSURE_DAY, FIRST_DAY

T = TypeVar("T")
Array = TypeVar("Array", bound="np.ndarray[Any, Any]")


@dataclass(frozen=True)
class Groups:
    """Units in the groups in which they have rows.

    Attributes
    ----------
    by : tuple of str
        The axes of the cells.
    group : ndarray of int
        Group of each kept row, in the order of units.
    unit, cell : ndarray of int
        Unit and cell of each group; cells ascend.
    order : ndarray of int or None
        Which in the order of units each of these is; None: they stand as they come.
    is_whole : bool
        Whether each is all that is kept of a unit.
    """

    by: tuple[str, ...]
    group: Places
    unit: Places
    cell: Places
    order: Places | None = None
    is_whole: bool = False

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True)
class UnitChunk:
    """Some whole users.

    Attributes
    ----------
    rows : UnitRows
        All rows.
    part : slice
        Those of the users.
    tests : sequence of callable
        What a row must pass to be kept.
    start : int or None
        Place of the first day that counts; None: every row counts.
    """

    rows: UnitRows
    part: slice
    tests: Sequence[Test]
    start: int | None
    _known: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def user(self) -> Places:
        """User of each row, from 0."""
        return np.cumsum(self._begins) - 1

    @cached_property
    def unit(self) -> Places:
        """Unit of each row, from 0; a user's units follow on one another."""
        return np.cumsum(self._begins_unit) - 1

    @cached_property
    def kept(self) -> Places:
        """Rows that the filter keeps and that count, ascending."""
        found = self._in_time.copy()
        for test in self.tests:
            found &= test(self.part)
        return np.flatnonzero(found)

    @property
    def n_crossed(self) -> int:
        """Users with kept rows in more than one unit."""
        unit = self._kept_unit
        units = self.kept[np.diff(unit, prepend=-1) != 0]
        return int(np.count_nonzero(np.diff(np.flatnonzero(np.diff(self.user[units], prepend=-1, append=-1))) > 1))

    @property
    def n_without_user(self) -> int:
        """Kept rows whose user is not known, where the data names users."""
        return int(np.count_nonzero(self._of_kept(self.rows.alone(self.part))))

    def groups(self, by: tuple[str, ...], sizes: tuple[int, ...]) -> Groups:
        """Return the groups of units in each combination of members of some axes.

        Parameters
        ----------
        by : tuple of str
            The axes.
        sizes : tuple of int
            Members of each.
        """
        return self._once(("groups", by), partial(self._groups, by, sizes))

    def sums(self, measure: Measure, groups: Groups) -> Floats:
        """Return the sum of a measure over the kept rows of each group."""
        key = measure.name, () if groups.is_whole else groups.by
        found = self._once(key, partial(self._sums, measure, groups))
        return found if groups.order is None else found[groups.order]

    def sums_before(self, measure: Measure, groups: Groups) -> Floats:
        """Return the sum of a measure over all rows of each group's user before the first day that counts."""
        if self.start is None or not len(groups):
            return np.zeros(len(groups))
        is_before = (self._days < self.start) & (self._days < self.rows.n_days)
        before = np.bincount(self.user, weights=self.rows.added(measure)(self.part) * is_before)
        user_of_unit = self.user[self._begins_unit]
        return np.asarray(before[user_of_unit[groups.unit]])

    def _of_kept(self, values: Array) -> Array:
        """Return the values of kept rows."""
        return values if len(self.kept) == len(values) else values[self.kept]  # type: ignore[return-value]

    def _once(self, key: Hashable, work: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]  # type: ignore[no-any-return]

    def _sums(self, measure: Measure, groups: Groups) -> Floats:
        if not measure.factors:
            return np.bincount(groups.group, minlength=len(groups)).astype(np.float64)
        added = self._once(measure.name, lambda: self._of_kept(self.rows.added(measure)(self.part)))
        return np.asarray(np.bincount(groups.group, weights=added, minlength=len(groups)), dtype=np.float64)

    def _groups(self, by: tuple[str, ...], sizes: tuple[int, ...]) -> Groups:
        unit = self._kept_unit
        if not len(unit):
            return Groups(by, unit, unit, unit)
        if all(self._once(("is constant", axis), partial(self._is_constant, axis)) for axis in by):
            first, group = self._whole
            return _by_cell(Groups(by, group, unit[first], self._cell(by, sizes, first), is_whole=True))
        cell = self._cell(by, sizes)
        keys = unit * int(np.prod(sizes, dtype=np.int64)) + cell
        if np.all(keys[1:] >= keys[:-1]):
            is_first = np.diff(keys, prepend=-1) != 0
            return _by_cell(Groups(by, np.cumsum(is_first) - 1, unit[is_first], cell[is_first]))
        bits = len(keys).bit_length()
        packed = np.sort((keys << bits) | np.arange(len(keys)))
        order = packed & ((1 << bits) - 1)
        is_first = np.diff(packed >> bits, prepend=-1) != 0
        group = np.empty(len(keys), dtype=np.int64)
        group[order] = np.cumsum(is_first) - 1
        return _by_cell(Groups(by, group, unit[order[is_first]], cell[order[is_first]]))

    @cached_property
    def _kept_unit(self) -> Places:
        return self._of_kept(self.unit)

    @cached_property
    def _whole(self) -> tuple[Places, Places]:
        """The first kept row of each unit that has any, and of each kept row the number of its unit among these."""
        is_first = np.diff(self._kept_unit, prepend=-1) != 0
        return np.flatnonzero(is_first), np.cumsum(is_first) - 1

    def _is_constant(self, axis: str) -> bool:
        """Return whether all kept rows of a unit have the same place along an axis."""
        if axis in (VARIANT, FIRST_DAY):
            return True
        place, unit = self._kept_place(axis), self._kept_unit
        return bool(np.all((place[1:] == place[:-1]) | (unit[1:] != unit[:-1])))

    @cached_property
    def _begins(self) -> Bools:
        return self.rows.starts(self.part)

    @cached_property
    def _variant(self) -> AnyCodes:
        return self.rows.variants(self.part)

    @cached_property
    def _begins_unit(self) -> Bools:
        begins = self._begins.copy()
        begins[1:] |= self._variant[1:] != self._variant[:-1]
        return begins

    @cached_property
    def _days(self) -> Places:
        return self.rows.days(self.part)

    @cached_property
    def _in_time(self) -> Bools:
        if self.start is None:
            return np.ones(self.part.stop - self.part.start, dtype=bool)
        return (self._days >= self.start) & (self._days < self.rows.n_days)

    @cached_property
    def _first_day(self) -> Places:
        """Place of each unit's first day that counts; rows of a unit stand by day, those without one last."""
        counted = np.flatnonzero(self._in_time)
        unit = self.unit[counted]
        is_first = np.diff(unit, prepend=-1) != 0
        found = np.zeros(int(self.unit[-1]) + 1, dtype=np.int64)
        found[unit[is_first]] = self._days[counted[is_first]]
        return found

    def _cell(self, by: tuple[str, ...], sizes: tuple[int, ...], rows: Places | None = None) -> Places:
        """Return the cell of each kept row, or of some of these."""
        cell = np.zeros(len(self.kept) if rows is None else len(rows), dtype=np.int64)
        for axis, size in zip(by, sizes, strict=True):
            place = self._kept_place(axis)
            cell = cell * size + (place if rows is None else place[rows])
        return cell

    def _kept_place(self, axis: str) -> Places:
        return self._once(("place", axis), partial(self._place, axis))

    def _place(self, axis: str) -> Places:
        if axis == VARIANT:
            return self._of_kept(self._variant)
        if axis not in (FIRST_DAY, EXPOSURE_DAY):
            return self._of_kept(self.rows.places(axis)(self.part))
        first = self._first_day[self._of_kept(self.unit)]
        if axis == FIRST_DAY:
            return first
        days = self._of_kept(self._days)
        return np.where(days < self.rows.n_days, days - first, self.rows.n_days)


def _by_cell(groups: Groups) -> Groups:
    """Return groups in the order of their cells, so that those of one stand together."""
    cell = groups.cell
    if not cell.any():
        return groups
    small = cell.astype(np.uint16) if cell.max() <= np.iinfo(np.uint16).max else cell
    order = np.argsort(small, kind="stable")
    return replace(groups, unit=groups.unit[order], cell=cell[order], order=order)
