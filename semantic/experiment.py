"""Experiment: how the comparison of variants was planned; part of the words of a data set."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Method = Literal["sequential", "fixed", "group_sequential"]
"""What decides: an interval that holds at every look, one look at a planned size, or looks with spending."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """How the comparison of variants was planned.

    Attributes
    ----------
    started_on : date or None
        Sessions before this day are the pre-period: no outcome, but covariates. None: every session counts.
    shares : tuple of (str, float)
        Planned share of the units for each variant, in any scale; empty: equal shares.
    method : {"sequential", "fixed", "group_sequential"}
        What decides, unless the reader asks for another.
    metric : str
        Name of the metric that decides.
    guardrails : tuple of str
        Names of metrics that must not get worse.
    guardrail_margin : float
        Loss in a guardrail that is accepted, a fraction of control.
    smallest_effect : float
        The smallest lift worth acting on, a fraction of control; 0: any.
    planned_units : int
        Units at which the experiment is planned to end; 0: not planned.
    n_looks : int
        Looks that are planned until then, for spending.
    """

    started_on: date | None = None
    shares: tuple[tuple[str, float], ...] = ()
    method: Method = "sequential"
    metric: str = "conversion_rate"
    guardrails: tuple[str, ...] = ()
    guardrail_margin: float = 0.05
    smallest_effect: float = 0.0
    planned_units: int = 0
    n_looks: int = 10

    def share_of(self, variants: tuple[str, ...]) -> tuple[float, ...]:
        """Return the planned shares of these variants, which sum to 1.

        Examples
        --------
        >>> Experiment(shares=(("Old", 80), ("New", 20))).share_of(("Old", "New"))
        (0.8, 0.2)
        >>> Experiment().share_of(("Old", "New"))
        (0.5, 0.5)
        """
        given = dict(self.shares) or dict.fromkeys(variants, 1.0)
        wanted = [float(given.get(variant, 0.0)) for variant in variants]
        return tuple(share / (sum(wanted) or 1.0) for share in wanted)
