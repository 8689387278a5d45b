"""Novelty: whether an effect lasts: by days since users came first, by date, and the evidence as it grew."""

from collections.abc import Mapping
from dataclasses import replace

from analytics.analysis import Analysis, Request
from analytics.novelty.course import course_of
from analytics.novelty.result import NoveltyResult, TreatmentCourse
from analytics.outcome import Outcome, asked_outcome, columns_of, control_leading, has_users, outcomes_of
from analytics.planned import plan_of
from analytics.variants import control_of
from semantic.catalog import DAY, VARIANT, Catalog
from semantic.units import EXPOSURE_DAY, AnyQuery, UnitAnswer, UnitQuery

WHOLE, SINCE_FIRST, BY_DATE = "whole", "since_first", "by_date"


def _outcome(request: Request, catalog: Catalog) -> Outcome:
    """Return what is asked for; where that is per user, the first per session, since users have no days."""
    found = asked_outcome(request.params.metric, catalog)
    return found if found.per == "session" else outcomes_of(catalog)[0]


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    columns = columns_of([_outcome(request, catalog)])
    return {
        WHOLE: UnitQuery(columns, (VARIANT,), request.where),
        SINCE_FIRST: UnitQuery(columns, (EXPOSURE_DAY, VARIANT), request.where),
        BY_DATE: UnitQuery(columns, (DAY, VARIANT), request.where),
    }


def compute_novelty(answers: Mapping[str, UnitAnswer], request: Request, catalog: Catalog) -> NoveltyResult:
    """Return how the effects go on over days.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        ``whole`` by variant; ``since_first`` by days since a user's first session; ``by_date`` by day.
    request : Request
        Its confidence, method, metric and least sessions of a span.
    catalog : Catalog
        Outcomes, control and plan.

    Notes
    -----
    See `course_of`. Where looks are many, planned or not, bands and trend are those of the sequence.
    """
    outcome = _outcome(request, catalog)
    control = control_of(answers[WHOLE].members[VARIANT], catalog)
    found = {name: control_leading(answer, catalog) for name, answer in answers.items()}
    names = found[WHOLE].members[VARIANT]
    plan = replace(plan_of(catalog.experiment, request.params, len(names)), alternative="two-sided", information=None)
    if plan.method != "fixed":
        plan = replace(plan, method="sequential")
    treatments: tuple[TreatmentCourse, ...] = ()
    if len(names) > 1 and names[0] == control:
        sums = (found[WHOLE], found[SINCE_FIRST], found[BY_DATE])
        treatments = course_of(outcome, sums, plan, request.params.min_sessions)
    return NoveltyResult(
        outcome.name,
        outcome.label,
        outcome.unit,
        control,
        plan.method,
        plan.confidence,
        _headline(treatments, names, control),
        treatments,
        _warnings(request, catalog, outcome),
    )


def _headline(treatments: tuple[TreatmentCourse, ...], names: tuple[str, ...], control: str) -> str:
    if treatments:
        return " ".join(one.headline for one in treatments)
    if not names:
        return "No sessions match this selection."
    if len(names) == 1:
        return f"Only {names[0]} is in this selection."
    return f"{control} has no sessions in this selection, so nothing can be compared with it."


def _warnings(request: Request, catalog: Catalog, outcome: Outcome) -> tuple[str, ...]:
    told = []
    asked = asked_outcome(request.params.metric, catalog)
    if asked != outcome:
        told.append(f"{asked.label} is of users, who come on several days; by day {outcome.label.lower()} is shown.")
    if not has_users(catalog):
        told.append("The log names no users, so days since their first session are not known.")
    return tuple(told)


NOVELTY = Analysis(
    "novelty",
    "Does it last",
    is_available=lambda catalog: catalog.has_dimension(DAY),
    queries=_queries,
    compute=compute_novelty,
    result=NoveltyResult,
    parameters=("confidence", "metric", "min_sessions", "method"),
    ignores=(VARIANT,),
    needs="the time of each session (`started_at`)",
)
