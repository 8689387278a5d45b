"""Asked: what a plan is to show, and what each method can show with the traffic."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from analytics.analysis import Request
from analytics.experiment.plan import Plan
from analytics.experiment.power.rule import Rule
from analytics.planned import plan_of
from analytics.planning.outlook import Outlook
from analytics.planning.traffic import Traffic
from semantic.catalog import Catalog
from semantic.experiment import Method

N_LOOKS = 28
"""Looks that a sequence is reckoned with until its planned end; more would hardly change it."""


@dataclass(frozen=True)
class Asked:
    """What is asked for, with the traffic that it is reckoned from.

    Attributes
    ----------
    request : Request
        Filter, metric, and what is to be shown how.
    catalog : Catalog
        Words and plan.
    names : tuple of str
        Variants, control first.
    traffic : Traffic
        All users to come, whether they take part or not.
    """

    request: Request
    catalog: Catalog
    names: tuple[str, ...]
    traffic: Traffic

    @property
    def is_guard(self) -> bool:
        """Whether a loss is to be ruled out."""
        return self.request.params.goal == "no_loss"

    @property
    def plan(self) -> Plan:
        """How variants are compared; a loss is ruled out on one side."""
        plan = plan_of(self.catalog.experiment, self.request.params, len(self.names))
        asked = cast(Method, self.request.params.method or self.catalog.experiment.method)
        return replace(plan, method=asked, alternative="greater") if self.is_guard else replace(plan, method=asked)

    @property
    def goal(self) -> tuple[float, float]:
        """The lift that is true, and the one to be excluded."""
        effect = self.request.params.effect
        if self.is_guard:
            return 0.0, -effect
        return (-effect if self.plan.alternative == "less" else effect), 0.0

    @property
    def shares(self) -> tuple[float, ...]:
        """Planned part of the users for each variant, control first."""
        planned = self.catalog.experiment.share_of(self.names)
        treated = self.request.params.treatment_share
        if not treated:
            return planned if min(planned) > 0 else (1 / len(planned),) * len(planned)
        return (1 - treated, *([treated / (len(planned) - 1)] * (len(planned) - 1)))

    def outlook(self, method: Method) -> Outlook:
        """Return what a method can show with the users who take part.

        Parameters
        ----------
        method : {"sequential", "fixed", "group_sequential"}
            When it calls a lift.
        """
        plan, shares = self.plan, self.shares
        looks = N_LOOKS if method == "sequential" else plan.n_looks
        rule = Rule(method, plan.confidence, plan.alternative, looks, plan.n_comparisons)
        return Outlook(self._taking_part, rule, (min(shares[1:]), shares[0]), self.goal[1])

    @cached_property
    def _taking_part(self) -> Traffic:
        share = self.request.params.traffic_share
        traffic = self.traffic
        return replace(traffic, pace=traffic.pace.scaled(share), n_sessions=traffic.n_sessions * share)
