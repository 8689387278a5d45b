"""CodedColumn: what the codes of one column mean; which of them a clause keeps, and in which order they stand."""

from dataclasses import dataclass

import numpy as np

from semantic.catalog import MISSING
from semantic.domain import Domain, check_range
from semantic.filter import AnyClause, Clause, RangeClause
from semantic.row_codes import AnyCodes, Floats, Places, single_valued
from semantic.selection import Bools, Runs, runs_of_flags


@dataclass(frozen=True)
class Rank:
    """The order of a column's codes.

    Attributes
    ----------
    order : ndarray of int
        Codes, first to last.
    is_single : ndarray of bool
        Which codes stand for one value alone.
    sign : {1, -1}
        -1 where large values come first.
    """

    order: Places
    is_single: Bools
    sign: int

    def place_of(self, codes: AnyCodes) -> Places:
        """Return where each code stands in the order."""
        places = np.empty(len(self.order), dtype=np.int64)
        places[self.order] = np.arange(len(self.order))
        return places[codes]


@dataclass(frozen=True)
class CodedColumn:
    """The codes of one column.

    Attributes
    ----------
    name : str
        Of the column.
    codes : ndarray
        One for each row.
    cuts : ndarray of float or None
        Of a number; see `semantic.row_codes.cuts_of`.
    domain : Domain or None
        Of the dimension that filters it.
    """

    name: str
    codes: AnyCodes
    cuts: Floats | None
    domain: Domain | None

    @property
    def n_codes(self) -> int:
        """Number of codes."""
        return len(self.cuts) + 2 if self.cuts is not None else len(self.domain or ())

    def rank(self, is_descending: bool) -> Rank:
        """Return the order of the codes, missing values last either way."""
        sign = -1 if is_descending else 1
        if self.cuts is not None:
            present = np.arange(len(self.cuts) + 1)[::sign]
            return Rank(np.append(present, len(self.cuts) + 1), single_valued(self.cuts), sign)
        code_of = self.domain.position_of if self.domain else {}
        named = sorted((m for m in code_of if m != MISSING), reverse=is_descending)
        order = [code_of[m] for m in named] + [code_of[m] for m in code_of if m == MISSING]
        return Rank(np.asarray(order, dtype=np.int64), np.ones(len(order), dtype=bool), sign)

    def runs(self, clause: AnyClause) -> Runs:
        """Return the codes of which the clause keeps at least some rows."""
        if self.domain is None:
            raise ValueError(f"{self.name} is no dimension")
        if self.cuts is None:
            return runs_of_flags(self.domain.mask(clause))
        if isinstance(clause, RangeClause):
            check_range(self.domain.dimension, clause)
            low, high = self._ends(clause)
            return ((low, high),) if low < high else ()
        return self._runs_of_bins(clause, self.domain, self.cuts)

    def places(self) -> Places:
        """Return the place of the member that each code of a binned number belongs to."""
        if self.domain is None or self.cuts is None:
            raise ValueError(f"{self.name} has no bins")
        edges = np.searchsorted(self.cuts, self.domain.edges, side="right")
        places = np.searchsorted(edges, np.arange(self.n_codes), side="right")
        places[-1] = len(self.domain) - 1
        return np.asarray(places, dtype=np.int64)

    def partial(self, clause: AnyClause) -> tuple[int, ...]:
        """Return the codes of which the clause keeps some rows and drops others, by their value."""
        if self.cuts is None or isinstance(clause, Clause):
            return ()
        ends = [end for end in (clause.low, clause.high) if isinstance(end, float)]
        found = {int(np.searchsorted(self.cuts, end, side="right")) for end in ends if end not in self.cuts}
        return tuple(sorted(found))

    def _ends(self, clause: RangeClause) -> tuple[int, int]:
        cuts = self.cuts if self.cuts is not None else np.zeros(0)
        low = int(np.searchsorted(cuts, clause.low, side="right")) if isinstance(clause.low, float) else 0
        if not isinstance(clause.high, float):
            return low, len(cuts) + 1
        high = int(np.searchsorted(cuts, clause.high, side="right"))
        return low, high if clause.high in cuts else high + 1

    def _runs_of_bins(self, clause: Clause, domain: Domain, cuts: Floats) -> Runs:
        edges = np.searchsorted(cuts, domain.edges, side="right")
        ends = [0, *edges.tolist(), len(cuts) + 1, len(cuts) + 2]
        flags = np.zeros(len(cuts) + 2, dtype=bool)
        for member in np.flatnonzero(domain.mask(clause)):
            flags[ends[member] : ends[member + 1]] = True
        return runs_of_flags(flags)
