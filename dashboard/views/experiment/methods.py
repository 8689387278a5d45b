"""By other methods: the deciding outcome by every method there is, with the one that decides marked."""

from collections.abc import Iterator
from functools import partial

from analytics.estimate import Estimate
from analytics.methods import METHODS, ByMethod, MethodsResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.table import Cell as TableCell
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import (
    About,
    Shown,
    Span,
    difference_cell,
    lift_cell,
    p_value,
    sheet_view,
    span_with_zero,
)

_HELP = (
    "The same outcome by every method in use. Holds for: how often one may look at it before it errs more often than "
    "its level says. No error rate: a credible interval says what to believe given the data, not how often it is "
    "wrong. The exact sequence is of users who convert, counted from conversions and planned shares alone. "
    "These two stay two-sided whatever is looked for."
)
_ONLY_ONE = (
    "Near the margin methods may disagree. Only the marked one decides: who chooses a method after looking raises "
    "false alarms."
)
_SAID = {True: "Difference", False: "Not shown", None: "Too little data"}


def other_methods_views(context: Context) -> tuple[View, ...]:
    """Return the card of all methods."""
    write = context.number_format
    about = About("other-methods", "By other methods", "the deciding outcome; only the marked one decides", _HELP)
    shown = Shown(partial(_blocks, write=write), methods_table, partial(_summary, write=write))
    return (sheet_view(context, METHODS, about, shown),)


def _blocks(result: MethodsResult, write: NumberFormat) -> list[Block]:
    if not result.treatments:
        return [paragraph(result.headline, "quiet")]
    several = len(result.treatments) > 1
    lifts = [method.lift for one in result.treatments for method in one.methods if method.lift is not None]
    span = span_with_zero(lifts)
    rows = [
        [*([one.treatment if place == 0 else ""] if several else []), *_row(method, result, span, write)]
        for one in result.treatments
        for place, method in enumerate(one.methods)
    ]
    heads = ("Method", "Holds for", "#Difference", "", "#Lift", "#p", "Says")
    table = rows_of("By other methods", (*(["Engine"] if several else []), *heads), rows, is_stacked=True)
    return [table, paragraph(_ONLY_ONE, "quiet"), paragraph(_how(result, write), "quiet")]


def _row(method: ByMethod, result: MethodsResult, span: Span, write: NumberFormat) -> Iterator[Cell]:
    under = f"decides · {method.assumes}" if method.is_deciding else method.assumes
    yield cell(method.label, under=under, is_wrapped=True, is_strong=method.is_deciding)
    yield method.holds
    yield ABSENT if method.difference is None else difference_cell(method.difference, result.unit, write)
    yield _drawn(method.lift, span, is_deciding=method.is_deciding)
    yield ABSENT if method.lift is None else lift_cell(method.lift, write)
    yield p_value(method.p_value, write)
    yield cell(_SAID[method.is_different], is_strong=method.is_deciding)


def _drawn(lift: Estimate | None, span: Span, *, is_deciding: bool) -> Cell:
    return "" if lift is None else span.drawn(lift, "main" if is_deciding else "neutral")


def _how(result: MethodsResult, write: NumberFormat) -> str:
    level = f"{result.outcome} at {write.level(result.confidence)}."
    if result.design_effect is None or result.design_effect <= 1:
        return level
    divided = write.fixed(result.design_effect, 2)
    return f"{level} Users have several sessions, so counts are divided by the design effect, up to {divided}."


def _summary(result: MethodsResult, write: NumberFormat) -> str:
    return write.regrouped(result.headline, [one.treatment for one in result.treatments])


def methods_table(result: MethodsResult) -> Table:
    """Return each method of each engine as a row."""
    columns = (
        Column("engine", "Engine"),
        Column("method", "Method"),
        Column("decides", "Decides"),
        Column("assumes", "Takes for granted"),
        Column("holds", "Holds for"),
        Column("unit", "Unit"),
        *_ends("difference", "Difference", "metric_difference", "The engine minus control."),
        *_ends("lift", "Lift", "relative", "The difference divided by what control measured."),
        Column("p_value", "p", "number", "Of no effect, for all engines together."),
        Column("says", "Says", description="Whether a difference is shown."),
    )
    return Table(columns, tuple(_cells(result)))


def _cells(result: MethodsResult) -> Iterator[tuple[TableCell, ...]]:
    for one in result.treatments:
        for method in one.methods:
            yield (
                one.treatment,
                method.label,
                "yes" if method.is_deciding else "no",
                method.assumes,
                method.holds,
                result.unit,
                *_numbers(method.difference),
                *_numbers(method.lift),
                method.p_value,
                _SAID[method.is_different],
            )


def _numbers(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)


def _ends(name: str, label: str, unit: str, description: str) -> tuple[Column, ...]:
    return (
        Column(name, label, unit, description),
        Column(f"{name}_low", f"{label}, low", unit, "Lower end of the interval."),
        Column(f"{name}_high", f"{label}, high", unit, "Upper end of the interval."),
    )
