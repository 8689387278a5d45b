"""What effects say, in sentences: never more than their intervals do."""

from collections.abc import Sequence

from analytics.analysis import Request
from analytics.effects.result import OutcomeEffects, TreatmentEffect
from analytics.experiment.plan import Plan
from analytics.outcome import CONVERSION, Outcome, has_users
from semantic.catalog import Catalog
from semantic.units import UnitAnswer

_LATE = 0.05
"""Part of the planned size that an experiment may run on before that is told."""


def sentence_of(outcome: Outcome, effect: TreatmentEffect, control: str) -> str:
    """Return what one outcome of one treatment says.

    Parameters
    ----------
    outcome : Outcome
        What is compared.
    effect : TreatmentEffect
        What was found.
    control : str
        Name of control.
    """
    label = outcome.label
    if outcome.name == CONVERSION and effect.shown == "open":
        return f"No difference between {effect.treatment} and {control} can be shown."
    if effect.shown == "unknown":
        return f"{label}: too little data to compare {effect.treatment} with {control}."
    if effect.shown == "open":
        return f"{label}: no difference between {effect.treatment} and {control} can be shown."
    is_more = (effect.difference.value or 0.0) > 0
    claim = f"{label} is {_by(effect)}{'higher' if is_more else 'lower'} with {effect.treatment} than with {control}"
    if outcome.name == CONVERSION:
        claim = f"{effect.treatment} converts {_by(effect)}{'more' if is_more else 'less'} than {control}"
    if effect.shown == "hint":
        return f"{claim} if it is looked at alone; among all outcomes that may be chance."
    return f"{claim}."


def effects_headline(control: str, names: Sequence[str], outcomes: Sequence[OutcomeEffects]) -> str:
    """Return what the deciding outcome says of each treatment, in one sentence.

    Parameters
    ----------
    control : str
        Name of control.
    names : sequence of str
        Variants that have users.
    outcomes : sequence of OutcomeEffects
        The deciding one first; none where nothing can be compared.
    """
    if not names:
        return "No sessions match this selection."
    if not outcomes:
        missing = f"{control} has no sessions in this selection, so nothing can be compared with it."
        return f"Only {names[0]} is in this selection." if len(names) == 1 else missing
    said = [effect.sentence for effect in outcomes[0].effects]
    if len(said) == 1:
        return said[0]
    return f"{'; '.join(sentence.rstrip('.') for sentence in said)}."


def effects_warnings(request: Request, catalog: Catalog, found: UnitAnswer, plan: Plan) -> tuple[str, ...]:
    """Return what else must be known to read the numbers.

    Parameters
    ----------
    request : Request
        Its filter and method.
    catalog : Catalog
        What fields are to the engine.
    found : UnitAnswer
        The sums by variant.
    plan : Plan
        What decided.
    """
    told = [_of_dimension(catalog, name) for name in request.where.dimensions]
    told += [_of_selection(request, catalog), _of_method(request, catalog, plan), _of_stage(catalog, plan)]
    if plan.alternative != "two-sided":
        told.append("One side alone is looked for: that holds where the side was chosen before the data were seen.")
    if not has_users(catalog):
        told.append("The log names no users, so each session counts as one of its own.")
    if found.n_crossed:
        told.append(f"{found.n_crossed:,} users had sessions of more than one engine; they count once in each.")
    return tuple(filter(None, told))


def _of_dimension(catalog: Catalog, name: str) -> str:
    dimension = catalog.dimension(name)
    if dimension.is_post_treatment:
        return f"{dimension.label} is measured after the engine acted, so engines cannot be compared within it."
    if dimension.is_chosen_by_engine:
        return f"{dimension.label} is chosen by the engine, so engines cannot be compared within it."
    return ""


def _of_selection(request: Request, catalog: Catalog) -> str:
    """Return what a filter costs; empty where there is none, or something worse is told of it."""
    dimensions = [catalog.dimension(name) for name in request.where.dimensions]
    if not dimensions or any(d.is_post_treatment or d.is_chosen_by_engine for d in dimensions):
        return ""
    return (
        "This is a selection: one that is taken because of its numbers is shown too easily. “For whom” on everybody "
        "is corrected for all segments that it looks at."
    )


def _of_method(request: Request, catalog: Catalog, plan: Plan) -> str:
    asked = request.params.method or catalog.experiment.method
    if asked != plan.method:
        return "No number of users is planned (experiment.planned_units), so the method for every look decides."
    if plan.method == "fixed" and not plan.n_planned:
        return "One look holds at a size that was planned beforehand; none is planned (experiment.planned_units)."
    if plan.method != catalog.experiment.method:
        return "Another method than this was planned: whoever tries several and takes what suits is wrong more often."
    return ""


def _of_stage(catalog: Catalog, plan: Plan) -> str:
    """Return what is to be known before and after the planned end, unless one may look at any time."""
    if plan.method == "sequential" or plan.information is None:
        return ""
    thing = "users" if has_users(catalog) else "sessions"
    sizes = f"{plan.n_planned * plan.information:,.0f} {thing} are there and {plan.n_planned:,.0f} were planned"
    if plan.method == "fixed" and plan.information < 1:
        return f"{sizes}: before that look, what is shown here decides nothing and may well be chance."
    if plan.information > 1 + _LATE:
        return f"{sizes}: what was seen at the planned end decides; who goes on looking after it is wrong more often."
    return ""


def _by(effect: TreatmentEffect) -> str:
    lift = effect.lift.value
    if lift is None or effect.lift.low is None or effect.lift.high is None:
        return ""
    percent = abs(100 * lift)
    return f"{percent:.1f} % " if percent >= 0.05 else f"{percent:.1g} % "
