"""Planned: the plan under which the answers to a request are compared, and what must be asked to know it."""

from collections.abc import Mapping

from analytics.analysis import Request
from analytics.experiment.plan import Plan, plan_of
from analytics.outcome import SESSIONS
from semantic.catalog import Catalog
from semantic.units import UnitAnswer, UnitQuery

_WHOLE = "whole"


def plan_queries(request: Request, catalog: Catalog) -> dict[str, UnitQuery]:
    """Return what must be asked beside an analysis' own queries: how many users the whole experiment has so far.

    Nothing where a sequence decides, or no size is planned: what is asked then depends on the selection alone.
    """
    method = request.params.method or catalog.experiment.method
    is_planned = method == "group_sequential" or (method == "fixed" and catalog.experiment.planned_units)
    return {_WHOLE: UnitQuery((SESSIONS,))} if is_planned else {}


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
    n_so_far = float(answers[_WHOLE].n.sum()) if _WHOLE in answers else None
    return plan_of(catalog.experiment, request.params, n_variants, n_so_far)
