"""What changed: each outcome of each engine against control, with the interval of its lift drawn around zero."""

from collections.abc import Iterator
from functools import partial

from analytics.effects import EFFECTS
from analytics.effects.result import EffectsResult, OutcomeEffects, TreatmentEffect
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.table import Cell as TableCell
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import (
    METHODS,
    About,
    Shown,
    Span,
    difference_cell,
    lift_cell,
    lift_ends,
    p_value,
    sheet_view,
    span_with_zero,
    tail_choice,
    value_cell,
)

SAID = {
    "more": ("Higher", ""),
    "less": ("Lower", ""),
    "hint": ("Alone only", "wait"),
    "open": ("Not shown", "wait"),
    "unknown": ("Too little data", "wait"),
}
"""What people read for what may be said, and the mark beside it where nothing is shown."""
_HELP = (
    "Each engine against control, over users. Lift: the difference divided by control's value. The interval holds the "
    "values that the data do not speak against; p is how often chance alone would look as strong. Outcomes that do not "
    "decide are corrected for their number (Holm): alone only means shown before, but not after that."
)

_USAGE = "Measured after the engine acted: it tells how visitors used it, not what that is worth."


def effects_views(context: Context) -> tuple[View, ...]:
    """Return the card of all outcomes."""
    write = context.number_format
    about = About("effects", "What changed", "every outcome, over users", _HELP, choices=(tail_choice(),))
    shown = Shown(partial(_blocks, write=write), effects_table, partial(_summary, write=write))
    return (sheet_view(context, EFFECTS, about, shown),)


def _blocks(result: EffectsResult, write: NumberFormat) -> list[Block]:
    if not result.outcomes:
        return [paragraph(result.headline, "quiet")]
    names = [arm.variant for arm in result.arms]
    several = len(names) > 2
    heads = ("Outcome", *(["Engine"] if several else []), f"#{names[0]}", f"#{names[-1] if not several else 'Engine'}")
    span = span_with_zero(effect.lift for outcome in result.outcomes for effect in outcome.effects)
    rows = [row for outcome in result.outcomes for row in _rows(outcome, span, write, several=several)]
    level = write.level(result.confidence)
    table = rows_of("What changed", (*heads, "#Difference", "", "#Lift", "#p", "Shown"), rows, is_stacked=True)
    return [table, paragraph(_how(result, level), "quiet"), *(paragraph(text, "warn") for text in result.warnings)]


def _rows(outcome: OutcomeEffects, span: Span, write: NumberFormat, *, several: bool) -> Iterator[list[Cell]]:
    control, *arms = outcome.arms
    for place, (arm, effect) in enumerate(zip(arms, outcome.effects, strict=True)):
        yield [
            _named(outcome, write) if place == 0 else "",
            *([effect.treatment] if several else []),
            value_cell(control.value, outcome.unit, write) if place == 0 else "",
            value_cell(arm.value, outcome.unit, write),
            difference_cell(effect.difference, outcome.unit, write),
            span.drawn(effect.lift, _tone(effect), _told(effect, write)),
            lift_cell(effect.lift, write),
            _p_cell(outcome, effect, write),
            _said(effect),
        ]


def _named(outcome: OutcomeEffects, write: NumberFormat) -> Cell:
    part = "decides" if outcome.is_deciding else "guardrail" if outcome.is_guardrail else ""
    cap = f"above {write.value(outcome.cap, outcome.unit)} cut off" if outcome.cap is not None else ""
    about = " · ".join(filter(None, (part, cap, "usage" if outcome.is_post_treatment else "")))
    tip = f"{outcome.description} {_USAGE}" if outcome.is_post_treatment else outcome.description
    return cell(outcome.label, under=about, is_wrapped=True, tip=tip)


def _tone(effect: TreatmentEffect) -> str:
    return "main" if effect.shown in ("more", "less") else "neutral"


def _p_cell(outcome: OutcomeEffects, effect: TreatmentEffect, write: NumberFormat) -> Cell:
    under = "exact test" if effect.is_exact else ""
    if not outcome.is_deciding and effect.adjusted_p_value is not None:
        under = f"{p_value(effect.adjusted_p_value, write)} corrected"
    return cell(p_value(effect.p_value, write), under=under)


def _said(effect: TreatmentEffect) -> Cell:
    text, mark = SAID[effect.shown]
    return cell(text, mark=mark) if mark else cell(text, is_strong=True)


def _told(effect: TreatmentEffect, write: NumberFormat) -> str:
    ends = lift_ends(effect.lift, write)
    return write.regrouped(effect.sentence, (effect.treatment,)) + (f" Lift {ends}." if ends else "")


def _how(result: EffectsResult, level: str) -> str:
    name, promise = METHODS[result.method]
    treatments = len(result.arms) - 1
    together = f" for all {treatments} engines together" if treatments > 1 else ""
    sides = {"two-sided": "", "greater": ", looking only for more", "less": ", looking only for less"}[
        result.alternative
    ]
    return f"Intervals and p of lift and difference: {name.lower()} at {level}{together}{sides}; it {promise}."


def _summary(result: EffectsResult, write: NumberFormat) -> str:
    names = [arm.variant for arm in result.arms]
    shown = [
        effect.sentence for outcome in result.outcomes for effect in outcome.effects if effect.shown in ("more", "less")
    ]
    rest = (
        ""
        if not result.outcomes
        else " Nothing else is shown."
        if shown
        else " Nothing is shown of the other outcomes."
    )
    first = result.headline if result.headline not in shown else ""
    return write.regrouped(" ".join(filter(None, (first, *shown))), names) + rest


def effects_table(result: EffectsResult) -> Table:
    """Return each outcome of each engine as a row."""
    columns = (
        Column("outcome", "Outcome"),
        Column("engine", "Engine"),
        Column("unit", "Unit"),
        *_ends("control", "Control", "metric", "What control measured."),
        *_ends("value", "Value", "metric", "What the engine measured."),
        *_ends("difference", "Difference", "metric_difference", "The engine minus control."),
        *_ends("lift", "Lift", "relative", "The difference divided by what control measured."),
        Column("p_value", "p", "number", "Of no effect, by the method that decides."),
        Column("p_corrected", "p, corrected", "number", "Corrected for the outcomes that do not decide (Holm)."),
        Column("shown", "Shown", description="What may be said."),
        Column("n_control", "Control, n", "count", "Sessions, or users where the outcome is per user."),
        Column("n", "n", "count", "Sessions, or users where the outcome is per user."),
    )
    definitions = tuple((outcome.label, outcome.description) for outcome in result.outcomes)
    return Table(columns, tuple(_cells(result)), definitions)


def _cells(result: EffectsResult) -> Iterator[tuple[TableCell, ...]]:
    for outcome in result.outcomes:
        control, *arms = (arm.value for arm in outcome.arms)
        for value, effect in zip(arms, outcome.effects, strict=True):
            numbers = (control, value, effect.difference, effect.lift)
            yield (
                outcome.label,
                effect.treatment,
                outcome.unit,
                *(end for one in numbers for end in (one.value, one.low, one.high)),
                effect.p_value,
                effect.adjusted_p_value,
                SAID[effect.shown][0],
                control.n,
                value.n,
            )


def _ends(name: str, label: str, unit: str, description: str) -> tuple[Column, ...]:
    return (
        Column(name, label, unit, description),
        Column(f"{name}_low", f"{label}, low", unit, "Lower end of the interval."),
        Column(f"{name}_high", f"{label}, high", unit, "Upper end of the interval."),
    )
