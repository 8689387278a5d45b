"""Observed: the answers that checks are made from, with control first and what was planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analytics.analysis import Request
from analytics.checks.asked import UNITS, has_users, members_query, newcomers_query
from analytics.experiment.gate.looks import UNPLANNED, Looks
from analytics.experiment.interval import Floats
from analytics.variants import control_first, control_of
from semantic.catalog import VARIANT, Catalog
from semantic.units import EXPOSURE_DAY, UnitAnswer


@dataclass(frozen=True)
class Observed:
    """What was observed of all variants.

    Attributes
    ----------
    answers : mapping of str to UnitAnswer or Answer
        As asked by `analytics.validity`.
    request : Request
        Its filter and parameters.
    catalog : Catalog
        Words, control and plan.
    """

    answers: Mapping[str, Any]
    request: Request
    catalog: Catalog

    @cached_property
    def order(self) -> list[int]:
        """Places of the variants in answers, that of control first."""
        return control_first(self.units.members[VARIANT], self.catalog)

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """Names of the variants of the data, control first."""
        return tuple(self.units.members[VARIANT][place] for place in self.order)

    @property
    def control(self) -> str:
        """Name of control, which the data need not have."""
        return control_of(self.variants, self.catalog)

    @property
    def units(self) -> UnitAnswer:
        """All units that are kept, by variant."""
        answer: UnitAnswer = self.answers[UNITS]
        return answer

    @cached_property
    def n_units(self) -> Floats:
        """Units of each variant."""
        return self.units.n[self.order]

    @cached_property
    def shares(self) -> Floats:
        """Planned share of each variant; 0 where it was not planned."""
        return np.array(self.catalog.experiment.share_of(self.variants))

    @property
    def unit(self) -> str:
        """What a unit is called."""
        return "user" if has_users(self.catalog) else "session"

    @property
    def looks(self) -> Looks:
        """How often one looks, by the method that decides."""
        plan = self.catalog.experiment
        method = self.request.params.method or plan.method
        return Looks(method == "fixed", plan.planned_units or UNPLANNED)

    @property
    def can_compare(self) -> bool:
        """Whether two planned variants have units."""
        return int(((self.n_units > 0) & (self.shares > 0)).sum()) > 1

    @property
    def has_control(self) -> bool:
        """Whether control is among the variants; it then stands first."""
        return self.variants[:1] == (self.control,)

    @cached_property
    def n_converted(self) -> float:
        """Conversions of all variants."""
        return float(self.units.totals[..., 1].sum())

    def by_member(self, dimension: str) -> UnitAnswer:
        """Return the units that are kept by variant and member, with their sessions and conversions."""
        answer: UnitAnswer = self.answers[members_query(dimension)]
        return answer

    def newcomers(self, dimension: str) -> Floats:
        """Return the units of each variant, control first, by the member that they had on their first day.

        Whether a unit comes back with another member may be due to the variant.
        """
        name = newcomers_query(dimension)
        if name not in self.answers:
            return np.asarray(self.by_member(dimension).n[self.order])
        answer: UnitAnswer = self.answers[name]
        is_first = np.array([day == "0" for day in answer.members[EXPOSURE_DAY]], dtype=bool)
        return np.asarray(answer.n[self.order][..., is_first].sum(axis=-1))
