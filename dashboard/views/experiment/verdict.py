"""The head of the page: what the deciding outcome says, what decides, and the lift drawn beside it."""

from functools import partial

from analytics.effects import EFFECTS
from analytics.effects_result import EffectsResult
from dashboard.format import NumberFormat
from dashboard.view import Arrays, Context, View
from dashboard.views.experiment.effects import effects_table
from dashboard.views.experiment.shown import METHODS, PAGE, experiment_params, lift_ends, method_choice


def experiment_verdict_views(context: Context) -> tuple[View, ...]:
    """Return the sentence that answers the page's question."""
    write = context.number_format
    places = {variant: place for place, variant in enumerate(context.variants)}
    return (
        View(
            name="experiment-verdict",
            title="",
            page=PAGE,
            analysis=EFFECTS,
            dimensions=(),
            painter="verdict",
            arrays=partial(_arrays, write=write, places=places),
            table=effects_table,
            summary=partial(_said, write=write),
            params=experiment_params(context),
            choices=(method_choice(context),),
        ),
    )


def _arrays(result: EffectsResult, _: None, write: NumberFormat, places: dict[str, int]) -> Arrays:
    effects = result.outcomes[0].effects if result.outcomes else ()
    return {
        "headline": _said(result, write),
        "summary": _summary(result, write),
        "detail": _detail(result, write),
        "confidence": result.confidence,
        "lifts": [
            {"variant": effect.treatment, "color": places[effect.treatment], "value": effect.lift.value}
            | {"low": effect.lift.low, "high": effect.lift.high}
            for effect in effects
        ],
    }


def _said(result: EffectsResult, write: NumberFormat) -> str:
    return write.regrouped(result.headline, [arm.variant for arm in result.arms])


def _summary(result: EffectsResult, write: NumberFormat) -> str:
    """Return the values with their n, and the interval of the lift; empty where nothing compares."""
    if not result.outcomes:
        return ""
    first, level = result.outcomes[0], write.level(result.confidence)
    of = "sessions" if first.per == "session" else "users"
    values = [
        f"{arm.variant} {write.value(arm.value.value, first.unit)} of {write.count(arm.value.n)} {of}"
        for arm in reversed(first.arms)
    ]
    told = [(effect.treatment, lift_ends(effect.lift, write)) for effect in first.effects]
    ends = ", ".join(text if len(told) == 1 else f"{name} {text}" for name, text in told if text)
    name = METHODS[result.method][0].lower()
    return " · ".join([*values, *([f"{level} interval of the lift {ends} ({name})"] if ends else [])])


def _detail(result: EffectsResult, write: NumberFormat) -> str:
    """Return what the method promises and takes for granted."""
    if not result.outcomes:
        return ""
    first, name = result.outcomes[0], METHODS[result.method]
    clustered = [arm.design_effect for arm in first.arms if arm.design_effect and arm.design_effect > 1]
    users = (
        f"Users with several sessions are counted as users: the interval is {write.rate(max(clustered) ** 0.5 - 1)} "
        "wider than if sessions were independent."
        if clustered
        else ""
    )
    said = f"{name[0]}: the interval {name[1]}. It takes users as independent of each other, and assigned at random."
    return write.regrouped(
        " ".join(filter(None, (said, users, *result.warnings))), [arm.variant for arm in result.arms]
    )
