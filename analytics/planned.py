"""Planned: the plan under which the answers to a request are compared, and what must be asked to know it."""

from collections.abc import Mapping
from typing import cast

from analytics.analysis import Params, Request
from analytics.experiment.effect import Alternative
from analytics.experiment.plan import Plan
from analytics.outcome import SESSIONS
from semantic.catalog import Catalog
from semantic.experiment import Experiment, Method
from semantic.units import UnitAnswer, UnitQuery

SO_FAR = "so_far"
"""Users of the whole experiment, whatever the selection."""


def plan_queries(request: Request, catalog: Catalog) -> dict[str, UnitQuery]:
    """Return what must be asked beside an analysis' own queries: how many users the whole experiment has so far.

    Nothing where a sequence decides, or no size is planned: what is asked then depends on the selection alone.
    """
    method = request.params.method or catalog.experiment.method
    is_planned = method == "group_sequential" or (method == "fixed" and catalog.experiment.planned_units)
    return {SO_FAR: UnitQuery((SESSIONS,))} if is_planned else {}


def planned(answers: Mapping[str, UnitAnswer], request: Request, catalog: Catalog, n_variants: int) -> Plan:
    """Return the plan of a comparison.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        Those of `plan_queries` among them.
    request : Request
        Its confidence, and the method and alternative that the reader asks for.
    catalog : Catalog
        What was planned.
    n_variants : int
        Variants that are compared, control among them.
    """
    n_so_far = float(answers[SO_FAR].n.sum()) if SO_FAR in answers else None
    return plan_of(catalog.experiment, request.params, n_variants, n_so_far)


def plan_of(experiment: Experiment, params: Params, n_variants: int, n_units: float | None = None) -> Plan:
    """Return the plan of an experiment with what the reader asks otherwise.

    Parameters
    ----------
    experiment : Experiment
        As configured.
    params : Params
        Confidence, method and alternative; empty ones are as planned, and two-sided.
    n_variants : int
        Variants, control among them.
    n_units : float, optional
        Units of the whole experiment so far, where only a part of it is compared.

    Notes
    -----
    Planned looks need a planned size; where there is none, the sequence decides.
    """
    method = cast(Method, params.method or experiment.method)
    if method == "group_sequential" and not experiment.planned_units:
        method = "sequential"
    return Plan(
        method=method,
        confidence=params.confidence,
        alternative=cast(Alternative, params.alternative or "two-sided"),
        n_planned=float(experiment.planned_units),
        n_looks=experiment.n_looks,
        n_comparisons=max(n_variants - 1, 1),
        information=n_units / experiment.planned_units if n_units is not None and experiment.planned_units else None,
    )
