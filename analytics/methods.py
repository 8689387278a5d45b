"""Methods: the deciding outcome by every method, beside the one that decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.analysis import Analysis, Request
from analytics.effects import EFFECTS, asked_columns
from analytics.effects.words import effects_headline
from analytics.estimate import Estimate, bounded, estimates, numbers
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.plan import Plan
from analytics.experiment.ways import Holds, Way, exact_way, ways_of
from analytics.outcome import CONVERTED, HAS_CONVERTED, SESSIONS, arms_of_outcome, control_leading, primary_of
from analytics.planned import SO_FAR, planned
from analytics.variants import control_of
from semantic.catalog import VARIANT, Catalog
from semantic.units import AnyQuery, UnitAnswer, UnitColumn, UnitQuery

_OF_USERS = "exact_sequence"
"""The method that is of users who convert, whatever decides; it is not counted among those of the outcome."""
_OF_MEANS = {"fixed": ("Welch's t", "Means of users are normal; variances may differ.")}
_SAID = {
    "sequential": ("Always valid", "Many users; any number of looks."),
    "fixed": ("Score test", "Miettinen and Nurminen; exact where conversions are few."),
    "group_sequential": ("Planned looks", "Looks and size were planned beforehand."),
    "z_pooled": ("z, pooled", "Many conversions; the error is that of equal rates."),
    "z_unpooled": ("z, unpooled", "Many conversions; each rate has its own error."),
    "fisher": ("Fisher's exact test", "Nothing but independence; errs less often than the level says."),
    "mid_p": ("Fisher's mid-p", "As Fisher's, but what was seen counts half."),
    "newcombe": ("Newcombe", "Wilson's intervals of both rates, put together."),
    "log_ratio": ("Log ratio", "The logarithm of the ratio is normal (Katz)."),
    "normal": ("Normal", "As Welch's, with the error taken as known."),
    "bayes": ("Bayes", "Nothing was known before; the data alone count."),
    "exact_sequence": ("Exact sequence, users who convert", "Nothing but random assignment in the planned shares."),
}
"""What people read for a method, and what it takes for granted."""


@dataclass(frozen=True, slots=True)
class ByMethod:
    """What one method says of one treatment.

    Attributes
    ----------
    name, label : str
        One word, and what people read.
    assumes : str
        What it takes for granted, in a few words.
    holds : {"one look", "planned looks", "every look", "no error rate"}
        How often one may look; a credible interval promises no rate of errors.
    difference, lift : Estimate or None
        Treatment minus control, and the same by control's value; None where the method has none.
    p_value : float or None
        Of "no effect", for all treatments together.
    is_different : bool or None
        Whether its interval excludes 0, or its p-value is below 1 - confidence; None where nothing can be said.
    is_deciding : bool
        Whether it is the one that decides.
    """

    name: str
    label: str
    assumes: str
    holds: Holds
    difference: Estimate | None
    lift: Estimate | None
    p_value: float | None
    is_different: bool | None
    is_deciding: bool


@dataclass(frozen=True, slots=True)
class TreatmentByMethods:
    """What all methods say of one treatment.

    Attributes
    ----------
    treatment : str
        Its name.
    methods : tuple of ByMethod
        The one that decides first.
    """

    treatment: str
    methods: tuple[ByMethod, ...]


@dataclass(frozen=True, slots=True)
class MethodsResult:
    """The deciding outcome by every method.

    Attributes
    ----------
    control : str
        Name of control.
    outcome, unit : str
        Label and unit of the deciding outcome.
    confidence : float
        Level of all treatments together.
    alternative : {"two-sided", "greater", "less"}
        What is held against "no effect".
    design_effect : float or None
        The largest by which counts were divided, since users have several sessions; None for means.
    headline : str
        How many methods of the outcome show a difference, or why there are none.
    treatments : tuple of TreatmentByMethods
        None where there is nothing to compare.
    """

    control: str
    outcome: str
    unit: str
    confidence: float
    alternative: str
    design_effect: float | None
    headline: str
    treatments: tuple[TreatmentByMethods, ...]


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    asked = EFFECTS.queries(request, catalog)
    return {**asked, SO_FAR: UnitQuery((SESSIONS,))} if catalog.experiment.planned_units else asked


def compute_methods(answers: Mapping[str, UnitAnswer], request: Request, catalog: Catalog) -> MethodsResult:
    """Return the deciding outcome by every method.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        As of effects.
    request : Request
        Its confidence, method and alternative.
    catalog : Catalog
        Outcomes, control and plan.

    Notes
    -----
    See `ways_of` and `exact_way`.
    """
    found, control = control_leading(answers["units"], catalog), control_of(answers["units"].members[VARIANT], catalog)
    names, outcome = found.members[VARIANT], primary_of(catalog)
    plan = planned(answers, request, catalog, len(names))
    if len(names) < 2 or names[0] != control:
        nothing = effects_headline(control, names, ())
        return MethodsResult(control, outcome.label, outcome.unit, plan.confidence, plan.alternative, None, nothing, ())
    asked = asked_columns(catalog)
    arm = arms_of_outcome(outcome, found, asked)
    ways = ways_of(arm[..., 1:], arm[..., :1], plan)
    if outcome.is_rate:
        ways = (*ways, _exact(found, asked, plan, catalog))
    n = arm.n_sessions if outcome.per == "session" else arm.n_units
    behind = {_OF_USERS: found.n[1:] + found.n[:1]}
    rows = [_rows(way, behind.get(way.name, n[1:] + n[:1]), plan, is_rate=outcome.is_rate) for way in ways]
    rows.sort(key=lambda of_way: not of_way[0].is_deciding)
    treatments = tuple(map(TreatmentByMethods, names[1:], zip(*rows, strict=True)))
    design = max(numbers(arm.design_effect), key=lambda one: one or 0.0) if outcome.is_rate else None
    said = (outcome.label, outcome.unit, plan.confidence, plan.alternative, design, _headline(treatments))
    return MethodsResult(control, *said, treatments)


def _exact(found: UnitAnswer, asked: Sequence[UnitColumn], plan: Plan, catalog: Catalog) -> Way:
    """Return the exact sequence; where the log names no users, sessions are units."""
    names = found.members[VARIANT]
    column = next(column for column in (HAS_CONVERTED, CONVERTED) if column in asked)
    converted = found.totals[:, list(asked).index(column)]
    shares = [catalog.experiment.share_of((name, names[0]))[0] for name in names[1:]]
    return exact_way(converted[1:], float(converted[0]), shares, plan)


def _rows(way: Way, n: Floats, plan: Plan, *, is_rate: bool) -> list[ByMethod]:
    label, assumes = _SAID[way.name] if is_rate else {**_SAID, **_OF_MEANS}[way.name]
    size = len(n)
    difference, lift = (_estimates(interval, n) for interval in (way.difference, way.lift))
    p_values = [None] * size if way.p_value is None else numbers(way.p_value)
    differs = _differs(way, plan)
    is_deciding = way.name == plan.method
    return [
        ByMethod(way.name, label, assumes, way.holds, *one, is_deciding)
        for one in zip(difference, lift, p_values, differs, strict=True)
    ]


def _estimates(interval: Interval | None, n: Floats) -> Sequence[Estimate | None]:
    return [None] * len(n) if interval is None else estimates(bounded(interval), n)


def _differs(way: Way, plan: Plan) -> list[bool | None]:
    """Return what the interval says; where there is none, the p-value."""
    interval = way.difference if way.difference is not None else way.lift
    if interval is not None:
        rows = zip(interval.excludes_zero.tolist(), interval.low.tolist(), interval.high.tolist(), strict=True)
        return [None if low != low and high != high else differs for differs, low, high in rows]
    p_values = [] if way.p_value is None else numbers(way.p_value)
    return [None if p is None else p < 1 - plan.confidence for p in p_values]


def _headline(treatments: Sequence[TreatmentByMethods]) -> str:
    return "; ".join(map(_agreement, treatments)) + "."


def _agreement(one: TreatmentByMethods) -> str:
    alike = [method for method in one.methods if method.name != _OF_USERS]
    known = [method for method in alike if method.is_different is not None]
    if not known:
        return f"{one.treatment}: too little data for any method"
    showing = sum(bool(method.is_different) for method in known)
    deciding = one.methods[0]
    said = {True: "shows one", False: "does not show one", None: "cannot tell yet"}[deciding.is_different]
    return f"{one.treatment}: {showing} of {len(known)} methods show a difference, the one that decides {said}"


METHODS = Analysis(
    "methods",
    "By other methods",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_methods,
    result=MethodsResult,
    parameters=("confidence", "method", "alternative"),
    ignores=(VARIANT,),
)
