"""The same effects in other ways: Bayesian figures, less what was known before, and what many sessions a user cost."""

from collections.abc import Iterator
from functools import partial

from analytics.effects import EFFECTS
from analytics.effects.result import EffectsResult, OutcomeEffects, TreatmentEffect
from dashboard.format import ABSENT, NO_BREAK, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.table import Cell as TableCell
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import About, Shown, chance, lift_cell, sheet_view

_HELP = (
    "Chance to have more: the probability, given these data alone and nothing known before, that the engine has more "
    "of it than control. Expected loss: what choosing it costs on average if more is better, counting 0 where it is "
    "the better one. Both hold for one look. Less what was known before: what users did before the experiment explains "
    "part of how they differ, and is taken off (CUPED). Design effect: how many times the variance is that of "
    "independent sessions."
)
_NOT_KNOWN = (
    "Nothing is known from before the experiment (experiment.started_on), so no effect can be made sharper by it."
)


def effects_detail_views(context: Context) -> tuple[View, ...]:
    """Return the card of the figures that stand beside what decides."""
    write = context.number_format
    about = About("effects-detail", "The same in other ways", "beside what decides", _HELP, width=8)
    shown = Shown(partial(_blocks, write=write), detail_table, partial(_summary, write=write))
    return (sheet_view(context, EFFECTS, about, shown),)


def _blocks(result: EffectsResult, write: NumberFormat) -> list[Block]:
    if not result.outcomes:
        return [paragraph(result.headline, "quiet")]
    several, knows = len(result.arms) > 2, _is_adjusted(result)
    heads = ("Outcome", *(["Engine"] if several else []), "#Chance to have more", "#Expected loss")
    rows = [row for outcome in result.outcomes for row in _rows(outcome, write, several=several, knows=knows)]
    table = rows_of(
        "The same in other ways",
        (*heads, *(["#Lift less what was known"] if knows else []), "#Design effect"),
        rows,
        is_stacked=True,
    )
    return [table, *([] if knows else [paragraph(_NOT_KNOWN, "quiet")])]


def _is_adjusted(result: EffectsResult) -> bool:
    return any(effect.adjusted for outcome in result.outcomes for effect in outcome.effects)


def _rows(outcome: OutcomeEffects, write: NumberFormat, *, several: bool, knows: bool) -> Iterator[list[Cell]]:
    for place, effect in enumerate(outcome.effects):
        design = outcome.arms[place + 1].design_effect
        yield [
            cell(outcome.label, is_wrapped=True) if place == 0 else "",
            *([effect.treatment] if several else []),
            chance(effect.chance_to_beat, write),
            _loss(effect, outcome.unit, write),
            *([_adjusted(effect, write)] if knows else []),
            ABSENT if design is None else write.fixed(design, 2),
        ]


def _loss(effect: TreatmentEffect, unit: str, write: NumberFormat) -> Cell:
    """Return what choosing the treatment costs on average, and what keeping control does."""
    of_control = _amount(effect.loss_of_control, unit, write)
    return cell(_amount(effect.loss_of_treatment, unit, write), under=f"{of_control} keeping control")


def _amount(value: float | None, unit: str, write: NumberFormat) -> str:
    if value is None:
        return ABSENT
    if unit == "fraction":
        return f"{write.fixed(100 * value, 2)}{NO_BREAK}pt"
    return write.value(value, unit)


def _adjusted(effect: TreatmentEffect, write: NumberFormat) -> Cell:
    return lift_cell(effect.adjusted.lift, write) if effect.adjusted else ABSENT


def _summary(result: EffectsResult, write: NumberFormat) -> str:
    if not result.outcomes:
        return result.headline
    first = result.outcomes[0]
    told = ", ".join(
        f"{chance(effect.chance_to_beat, write)} for {effect.treatment}"
        for effect in first.effects
        if effect.chance_to_beat is not None
    )
    return f"Chance to have more than {result.control}, {first.label.lower()}: {told}." if told else first.label


def detail_table(result: EffectsResult) -> Table:
    """Return each outcome of each engine as a row."""
    columns = (
        Column("outcome", "Outcome"),
        Column("engine", "Engine"),
        Column("unit", "Unit"),
        Column("chance", "Chance to have more", "fraction", "Given the data alone; for one look."),
        Column("loss", "Expected loss", "metric_difference", "Of choosing the engine, where more is better."),
        Column("loss_of_control", "Expected loss of control", "metric_difference", "Of keeping control."),
        Column("credible_low", "Difference, credible, low", "metric_difference", "Lower end of the credible interval."),
        Column(
            "credible_high", "Difference, credible, high", "metric_difference", "Upper end of the credible interval."
        ),
        Column("adjusted_lift", "Lift less what was known before", "relative", "CUPED."),
        Column("adjusted_low", "Lift less what was known before, low", "relative", "Lower end of its interval."),
        Column("adjusted_high", "Lift less what was known before, high", "relative", "Upper end of its interval."),
        Column("adjusted_p", "p less what was known before", "number", "Of no effect, by the method that decides."),
        Column("variance_kept", "Variance kept", "fraction", "By that without what was known before."),
        Column("design_effect", "Design effect", "number", "Variance by that of as many independent sessions."),
    )
    return Table(columns, tuple(_cells(result)))


def _cells(result: EffectsResult) -> Iterator[tuple[TableCell, ...]]:
    for outcome in result.outcomes:
        for place, effect in enumerate(outcome.effects):
            known = effect.adjusted
            yield (
                outcome.label,
                effect.treatment,
                outcome.unit,
                effect.chance_to_beat,
                effect.loss_of_treatment,
                effect.loss_of_control,
                effect.credible.low,
                effect.credible.high,
                *((known.lift.value, known.lift.low, known.lift.high) if known else (None,) * 3),
                *((known.p_value, known.variance_kept) if known else (None, None)),
                outcome.arms[place + 1].design_effect,
            )
