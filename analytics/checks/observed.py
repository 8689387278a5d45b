"""Observed: the answers that checks are made from, with control first and what was planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analytics.analysis import Request
from analytics.experiment.gate.looks import UNPLANNED, Looks
from analytics.experiment.interval import Floats
from analytics.variants import control_first, control_of
from semantic.catalog import USER_ID, VARIANT, Catalog, Dimension
from semantic.units import UnitAnswer

UNITS = "units"
"""Name of the query over all units that are kept, by variant."""


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
    def has_users(self) -> bool:
        """Whether sessions are known to be of users; else each session is a unit of its own."""
        return any(column.name == USER_ID for column in self.catalog.columns)

    @property
    def unit(self) -> str:
        """What a unit is called."""
        return "user" if self.has_users else "session"

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

    def known_before(self) -> tuple[Dimension, ...]:
        """Return the dimensions that a variant cannot have changed; days are looked at by themselves."""
        return tuple(d for d in self.catalog.dimensions if is_known_before(d))


def is_known_before(dimension: Dimension) -> bool:
    """Return whether no variant can have changed a dimension, and it is no day."""
    is_late = dimension.is_post_treatment or dimension.is_chosen_by_engine
    return dimension.name != VARIANT and dimension.kind != "time" and not is_late
