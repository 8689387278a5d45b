"""Off-policy: what each engine for all, or for some, would have brought, from logged propensities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import stdtrit

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimate
from analytics.experiment.interval import Floats, Interval, bonferroni
from analytics.experiment.off_policy import (
    MIN_EFFECTIVE,
    Clustering,
    LoggedSums,
    always,
    clustered,
    clustering_of,
    doubly_robust,
    effective_sessions,
    inverse_weighted,
    self_normalised,
    switched,
)
from analytics.experiment.statistic import Moments, Point
from analytics.variants import control_first, control_of
from semantic.catalog import CONVERTED, N_CONVERTED, N_SESSIONS, PROPENSITY, VARIANT, Catalog
from semantic.query import Answer, Query
from semantic.units import AnyQuery, UnitAnswer, UnitColumn, UnitQuery

_WEIGHTED, _TWICE = f"sum_{CONVERTED}_weighted", f"sum_{CONVERTED}_weighted_twice"
_MEASURES = (N_SESSIONS, N_CONVERTED, "sum_weight", "sum_weight_squared", _WEIGHTED, _TWICE)
_COLUMNS = tuple(UnitColumn(name, name) for name in (N_SESSIONS, "sum_weight", _WEIGHTED))
_KINDS = ("category", "place", "band")
_MOST_MEMBERS = 12
Shown = Literal["more", "less", "open", "refused"]


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """What one policy would have brought.

    Attributes
    ----------
    variant : str
        The engine that it shows.
    member : str
        To whom; empty: to all. Elsewhere it shows control.
    value, weighted, self_normalised : Estimate
        Conversions a session: doubly robust, by weights alone, and by weights that sum to 1; n are sessions.
    gain : Estimate
        Doubly robust value less that of control for all; at a level at which the gains of all policies hold together.
    n_effective : float
        Users that the weighted log is worth to it; at most the sessions that it is worth where the policy changes
        something.
    shown : {"more", "less", "open", "refused"}
        What may be said of the gain; refused where the log is worth too few users, or propensities do not add up.
    """

    variant: str
    member: str
    value: Estimate
    weighted: Estimate
    self_normalised: Estimate
    gain: Estimate
    n_effective: float
    shown: Shown


@dataclass(frozen=True, slots=True)
class OffPolicyResult:
    """What other choices of engines would have brought.

    Attributes
    ----------
    control : str
        Name of control.
    dimension, label : str
        What cells are made of; empty: nothing known before.
    confidence : float
        Level of the values, and of all gains together.
    headline : str
        In one sentence.
    balances : tuple of Estimate
        Weights of each variant divided by all sessions, control first: 1 where propensities are right.
    policies : tuple of PolicyValue
        Each engine for all, control first; then each treatment for one member each.
    """

    control: str
    dimension: str
    label: str
    confidence: float
    headline: str
    balances: tuple[Estimate, ...]
    policies: tuple[PolicyValue, ...]


def _dimension(request: Request, catalog: Catalog) -> str:
    """Return what cells are made of: what is asked for, else the first that is known before the engine acts."""
    able = [
        d.name
        for d in catalog.dimensions
        if d.name != VARIANT and d.kind in _KINDS and not (d.is_post_treatment or d.is_chosen_by_engine)
    ]
    return request.params.by if request.params.by in able else next(iter(able), "")


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    by = tuple(filter(None, (VARIANT, _dimension(request, catalog))))
    return {"cells": Query(_MEASURES, by, request.where), "users": UnitQuery(_COLUMNS, (VARIANT,), request.where)}


def compute_off_policy(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> OffPolicyResult:
    """Return what each engine for all, and each treatment for each member, would have brought.

    Parameters
    ----------
    answers : mapping of str to Answer or UnitAnswer
        ``cells``: sums of weights by variant and member; ``users``: the same by variant, over users.
    request : Request
        Its confidence; ``by``: what cells are made of.
    catalog : Catalog
        Names control.

    Notes
    -----
    See `analytics.experiment.off_policy`. No policy is chosen by what it brings: all are told.
    """
    cells: Answer = answers["cells"]
    names = cells.members[VARIANT]
    order = [place for place in control_first(names, catalog) if cells[N_SESSIONS][place].sum() > 0]
    name = next((axis for axis in cells.by if axis != VARIANT), "")
    log = _logged(cells, order)
    clustering = clustering_of(log, _users(answers["users"], order))
    found = _Log(log, clustering, tuple(names[place] for place in order), request.params.confidence)
    members = cells.members[name] if name else ()
    control = control_of(names, catalog)
    policies = found.policies(members) if found.names[:1] == (control,) else ()
    label = catalog.dimension(name).label if name else ""
    balances = found.balances()
    headline = _headline(control, policies, found.is_balanced)
    return OffPolicyResult(control, name, label, found.confidence, headline, balances, policies)


def _logged(cells: Answer, order: list[int]) -> LoggedSums:
    n, total, weight, weight_squared, weighted, twice = (
        np.reshape(cells[name], (len(cells.members[VARIANT]), -1))[order] for name in _MEASURES
    )
    return LoggedSums(n, total, weight, weight_squared, weighted, twice, twice)


def _users(answer: UnitAnswer, order: list[int]) -> Moments:
    return Moments(answer.n[order], answer.totals[order], answer.products[order])


@dataclass(frozen=True)
class _Log:
    """A log with its variants, control first."""

    log: LoggedSums
    clustering: Clustering
    names: tuple[str, ...]
    confidence: float

    @property
    def is_balanced(self) -> bool:
        """Whether no variant's weights are shown not to add up to all sessions."""
        return all(b.low is None or b.high is None or b.low <= 1 <= b.high for b in self.balances())

    def balances(self) -> tuple[Estimate, ...]:
        point, level = self.clustering.balance, bonferroni(self.confidence, len(self.names))
        parts = (
            Point(*(part[place] for part in (point.value, point.variance, point.n))) for place in range(len(self.names))
        )
        return tuple(self._estimate(part, level) for part in parts)

    def policies(self, members: tuple[str, ...]) -> tuple[PolicyValue, ...]:
        """Return each engine for all, then each treatment for each member with sessions of both."""
        wanted: list[tuple[int, str, Floats]] = [
            (place, "", always(place, self.log)) for place in range(len(self.names))
        ]
        for at, member in enumerate(members if len(members) <= _MOST_MEMBERS else ()):
            cell = np.arange(len(members)) == at
            treated = [place for place in range(1, len(self.names)) if self.log.n[[0, place], at].min() > 0]
            wanted += [(place, member, switched((0, place), cell, self.log)) for place in treated]
        level = bonferroni(self.confidence, len(wanted) - 1)
        return tuple(self._valued(*policy, level) for policy in wanted)

    def _valued(self, place: int, member: str, policy: Floats, level: float) -> PolicyValue:
        log, control = self.log, always(0, self.log)
        value, plain, normal = (f(log, policy) for f in (doubly_robust, inverse_weighted, self_normalised))
        used = np.abs(policy - control)
        gain = clustered(doubly_robust(log, policy, control), used, self.clustering)
        n_effective = min(float(clustered(value, policy + control, self.clustering).n), self._worth(used))
        told = self._estimate(gain, level)
        is_refused = n_effective < MIN_EFFECTIVE or not self.is_balanced
        return PolicyValue(
            self.names[place],
            member,
            self._estimate(clustered(value, policy, self.clustering), self.confidence),
            self._estimate(clustered(plain, policy, self.clustering, is_normalised=False), self.confidence),
            self._estimate(clustered(normal, policy, self.clustering), self.confidence),
            told,
            round(n_effective, 1),
            "refused" if is_refused else _shown(told),
        )

    def _worth(self, used: Floats) -> float:
        """Return what the weighted log is worth in the cells that a policy changes, of the variant with the least."""
        rows = np.arange(len(used))[:, None]
        changed = np.flatnonzero(used.any(axis=1))
        found = [effective_sessions(self.log, np.where(rows == place, used, 0.0)) for place in changed]
        return min(found, default=np.inf)

    def _estimate(self, point: Point, level: float) -> Estimate:
        """Return a point with its interval of Student; none where fewer than two units are behind it."""
        freedom = float(point.n) - 1
        half = np.nan
        if np.isfinite(freedom) and freedom > 0 and np.isfinite(point.variance):
            half = float(stdtrit(freedom, (1 + level) / 2) * np.sqrt(point.variance))
        value = np.asarray(point.value, dtype=np.float64)
        return estimate(Interval(value, value - half, value + half), self.log.n.sum())


def _shown(gain: Estimate) -> Shown:
    if gain.low is not None and gain.low > 0:
        return "more"
    return "less" if gain.high is not None and gain.high < 0 else "open"


def _headline(control: str, policies: tuple[PolicyValue, ...], is_balanced: bool) -> str:
    others = [policy for policy in policies if policy.variant != control]
    if not others:
        return "Sessions of at least two engines are needed, control among them."
    if not is_balanced:
        return "Nothing can be concluded: the logged propensities do not add up to the sessions, so they are not right."
    whole = [policy for policy in others if not policy.member]
    if all(policy.shown == "refused" for policy in whole):
        worth = min(policy.n_effective for policy in whole)
        needed = f"{MIN_EFFECTIVE:.0f} are needed"
        return f"Nothing can be concluded: the weighted log is worth {worth:,.0f} users, and {needed}."
    return " ".join(f"{policy.variant} for all {_SAID[policy.shown]} {control} for all." for policy in whole)


_SAID = {
    "more": "would have converted more than",
    "less": "would have converted less than",
    "open": "is not shown to differ from",
    "refused": "cannot be compared with",
}

OFF_POLICY = Analysis(
    "off_policy",
    "What another choice would have brought",
    is_available=lambda catalog: any(column.name == PROPENSITY for column in catalog.columns),
    queries=_queries,
    compute=compute_off_policy,
    result=OffPolicyResult,
    parameters=("confidence", "by"),
    ignores=(VARIANT,),
    needs="the field propensity",
)
