"""Analysis: what a capability asks of the store and what it makes of the answers, as a value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from semantic.catalog import Catalog
from semantic.errors import StoreError
from semantic.filter import EVERYTHING, Filter
from semantic.query import Query
from semantic.snapshot import Snapshot
from semantic.store import Store
from semantic.units import AnyQuery


@dataclass(frozen=True, slots=True)
class Params:
    """What can be asked of an analysis beside the filter.

    Attributes
    ----------
    confidence : float
        Level of every interval, in (0.5, 1).
    by : str
        Dimension that a breakdown or map is made over; analyses without one ignore it.
    across : str
        Second dimension, for analyses of two.
    metric : str
        Metric that is shown; empty: the conversion rate.
    depth : int
        Number of dimensions that a segment is made of, 1 to 3; of effects by segment the most, 1 or 2.
    min_sessions : int
        Sessions below which a segment is not looked at, at least 1.
    method : str
        What decides between variants: ``sequential``, ``fixed`` or ``group_sequential``; empty: as planned.
    alternative : str
        ``two-sided``, ``greater`` or ``less``; empty: two-sided.
    power : float
        Chance of showing an effect that is there, in (0, 1).
    effect : float
        Lift that a plan is made for, a fraction of control.
    goal : str
        What a plan is to show: ``lift``, or ``no_loss`` as large as ``effect``; empty: a lift.
    traffic_share : float
        Part of the users who take part, in (0, 1].
    treatment_share : float
        Part of those who get a treatment, in (0, 1); 0: as planned.
    """

    confidence: float = 0.95
    by: str = ""
    across: str = ""
    metric: str = ""
    depth: int = 2
    min_sessions: int = 100
    method: str = ""
    alternative: str = ""
    power: float = 0.8
    effect: float = 0.02
    goal: str = ""
    traffic_share: float = 1.0
    treatment_share: float = 0.0


DEFAULTS = Params()
"""What holds where nothing is asked."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A capability.

    Attributes
    ----------
    name : str
        One word, the same in Python, URL and docs.
    title : str
        What people read.
    is_available : callable
        Whether a data set has the fields that it needs.
    queries : callable
        From the request and the catalog to named queries, over sessions or units; none of them filters what it groups
        by on behalf of a chart: the caller hands in the filter that shall hold.
    compute : callable
        From the answers of those names to a frozen result.
    result : type
        The dataclass that ``compute`` returns.
    parameters : tuple of str
        The fields of `Params` that it reads.
    ignores : tuple of str
        Dimensions whose clause it leaves out of the filter, because it needs all their members.
    needs : str
        What a data set must have, in words; empty: nothing special.
    has_versus : bool
        Whether it compares the selection with another one that is asked for.
    is_too_much : callable
        Which of its queries, of either kind, are not asked of a version of the data; their answers are then missing.
    dated_queries : callable
        From the request, the version of the data and the catalog to more queries: those that follow from its days.
    parts : callable
        From the request and the catalog to named requests that it is made of: where one of them is run with it, its
        result comes with the answers under that name.
    can_do_without_users : bool
        Whether it is computed from sessions alone while the database, which users are summed from, is away.
    """

    name: str
    title: str
    is_available: Callable[[Catalog], bool]
    queries: Callable[["Request", Catalog], Mapping[str, AnyQuery]]
    compute: Callable[[Mapping[str, Any], "Request", Catalog], Any]
    result: type
    parameters: tuple[str, ...] = ("confidence",)
    ignores: tuple[str, ...] = ()
    needs: str = ""
    has_versus: bool = False
    is_too_much: Callable[[Any, Snapshot], bool] | None = None
    dated_queries: Callable[["Request", Snapshot, Catalog], Mapping[str, AnyQuery]] | None = None
    parts: Callable[["Request", Catalog], Mapping[str, "Request"]] | None = None
    can_do_without_users: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One analysis to run: its filter and parameters; equal requests have equal results for one version of the data.

    Attributes
    ----------
    analysis : Analysis
        What to run.
    where : Filter
        What is kept; clauses that the analysis ignores are dropped at birth.
    params : Params
        What else was asked; fields that the analysis does not read are set back to their defaults at birth.
    versus : Filter or None
        Another selection to compare with; dropped at birth where the analysis compares with none.
    """

    analysis: Analysis
    where: Filter = EVERYTHING
    params: Params = DEFAULTS
    versus: Filter | None = None

    def __post_init__(self) -> None:
        read = {name: getattr(self.params, name) for name in self.analysis.parameters}
        object.__setattr__(self, "where", self.where.without(*self.analysis.ignores))
        object.__setattr__(self, "params", Params(**read))
        versus = self.versus if self.analysis.has_versus else None
        object.__setattr__(self, "versus", None if versus is None else versus.without(*self.analysis.ignores))


def run(store: Store, requests: Sequence[Request]) -> list[Any]:
    """Return the result of each request, all from one version of the data and one pass of the cube.

    Raises
    ------
    ProductError
        What the store raises.
    """
    asked = list(zip(requests, _answered(store, requests), strict=True))
    known: dict[Request, Any] = {}
    for request, given in sorted(asked, key=lambda one: one[0].analysis.parts is not None):
        of_parts = request.analysis.parts(request, store.catalog) if request.analysis.parts else {}
        made = {name: known[part] for name, part in of_parts.items() if part in known}
        known[request] = request.analysis.compute(given | made, request, store.catalog)
    return [known[request] for request in requests]


def _answered(store: Store, requests: Sequence[Request]) -> list[dict[str, Any]]:
    """Return the answers of each request; while the database is away, those of sessions alone where these do."""
    plans = [_plan(request, store) for request in requests]
    try:
        answers = iter(store.answers([query for plan in plans for query in plan.values()]))
    except StoreError:
        lesser = [_of_sessions(plan, request) for plan, request in zip(plans, requests, strict=True)]
        if lesser == plans:
            raise
        plans, answers = lesser, iter(store.answers([query for plan in lesser for query in plan.values()]))
    return [{name: next(answers) for name in plan} for plan in plans]


def _of_sessions(plan: dict[str, AnyQuery], request: Request) -> dict[str, AnyQuery]:
    does = request.analysis.can_do_without_users
    return {name: query for name, query in plan.items() if not does or isinstance(query, Query)}


def answers_to(store: Store, request: Request) -> dict[str, Any]:
    """Return the answers to the queries of a request by their names, all from one version of the data."""
    plan = _plan(request, store)
    return dict(zip(plan, store.answers(list(plan.values())), strict=True))


def _plan(request: Request, store: Store) -> dict[str, AnyQuery]:
    planned, skips = dict(request.analysis.queries(request, store.catalog)), request.analysis.is_too_much
    if request.analysis.dated_queries:
        planned |= request.analysis.dated_queries(request, store.snapshot(), store.catalog)
    return {name: query for name, query in planned.items() if not (skips and skips(query, store.snapshot()))}


def result_to_dict(result: Any) -> Any:
    """Return a result as plain dicts, lists, texts and numbers, fit for JSON."""
    if is_dataclass(result) and not isinstance(result, type):
        return {f.name: result_to_dict(getattr(result, f.name)) for f in fields(result)}
    if isinstance(result, Mapping):
        return {str(key): result_to_dict(value) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return [result_to_dict(item) for item in result]
    return result
