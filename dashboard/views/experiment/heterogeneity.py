"""For whom: the lift in every segment as a forest plot, everybody on top, with what survives correction."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from analytics.analysis import Request
from analytics.estimate import Estimate
from analytics.heterogeneity import HETEROGENEITY, segment_dimensions
from analytics.heterogeneity.result import DimensionEffect, HeterogeneityResult, SegmentEffect, TreatmentSegments
from analytics.outcome import outcomes_of, primary_of
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, heading, paragraph, pick, rows_of
from dashboard.table import Cell as TableCell
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Choice, Context, View
from dashboard.views.experiment.shown import (
    METHODS,
    About,
    Shown,
    Span,
    experiment_params,
    lift_cell,
    lift_ends,
    p_value,
    sheet_view,
    span_with_zero,
    value_cell,
)
from dashboard.views.segments import chosen_segment

CHOSEN = "heterogeneity-chosen"
"""Option that holds the segments which the reader clicked, as the query string of their filter."""
DEPTH = Choice("heterogeneity-depth", "Segments of", (("1", "one dimension"), ("2", "one and two")))
_MOST_PAIRS = 10
_MOST_TIMES = 4.0
_HELP = (
    "The lift of each engine in every segment that is known before the engine acts. Gains and loses: shown after "
    "correction for everything looked at (Holm). Stands out: the effect differs from what all other segments lead to "
    "expect, after the same correction. Shrunken: pulled to what the others lead to expect, since the largest of many "
    "effects is too large by luck. Intervals are of each segment alone. A click "
    "on a row filters the page by it, and this card stays as it is; another click takes it back, shift-click adds."
)


def outcome_choice(context: Context, option: str, *, per_session: bool = False) -> Choice:
    """Return the choice of the outcome; the one that decides stands first.

    Parameters
    ----------
    context : Context
        What views are made from.
    option : str
        Key of the URL.
    per_session : bool
        Without those per user.
    """
    catalog = context.config.catalog
    known = [one for one in outcomes_of(catalog) if one.per == "session" or not per_session]
    first = primary_of(catalog).name
    known.sort(key=lambda outcome: outcome.name != first)
    return Choice(option, "Outcome", tuple((one.name, one.label) for one in known))


def heterogeneity_views(context: Context) -> tuple[View, ...]:
    """Return the card of segments."""
    write, outcome = context.number_format, outcome_choice(context, "heterogeneity-metric")
    about = About("heterogeneity", "For whom", "lift by segment, over users", _HELP, choices=(outcome, DEPTH))
    shown = Shown(partial(_blocks, write=write), heterogeneity_table, partial(_summary, write=write))
    metric, depth = outcome.chosen(context.options), int(DEPTH.chosen(context.options))
    params = replace(experiment_params(context), metric=metric, depth=depth, alternative="")
    view = sheet_view(context, HETEROGENEITY, about, shown, params)
    return (replace(view, dimensions=_clicked(context), own=chosen_segment(context.options, CHOSEN)),)


def _clicked(context: Context) -> tuple[str, ...]:
    return tuple(one.name for one in segment_dimensions(Request(HETEROGENEITY), context.config.catalog))


def _blocks(result: HeterogeneityResult, write: NumberFormat) -> list[Block]:
    if not result.treatments:
        return [paragraph(result.headline, "quiet")]
    blocks: list[Block] = []
    for one in result.treatments:
        blocks += [heading(one.treatment)] if len(result.treatments) > 1 else []
        blocks += [paragraph(_said(one.headline, one, result, write)), *_forest(one, result, write)]
    return [
        *blocks,
        paragraph(_how(result, write), "quiet"),
        *(paragraph(write.regrouped(text), "quiet") for text in result.warnings),
    ]


def _forest(one: TreatmentSegments, result: HeterogeneityResult, write: NumberFormat) -> list[Block]:
    """Return everybody and each dimension with its members, then the pairs that say most."""
    pairs = [row for row in one.segments if len(row.members) > 1][:_MOST_PAIRS]
    single = [row for row in one.segments if len(row.members) == 1]
    span = span_with_zero([one.whole.lift, *_narrow(one.whole, single)])
    rows = [_row("Everybody", one.whole, result, span, write)]
    for dimension in one.dimensions:
        if len(dimension.names) == 1:
            rows.append(_head(dimension, write))
            rows += [_row(_name(row), row, result, span, write) for row in single if _is_of(row, dimension)]
    heads = ("Segment", "#Users", f"#{result.control}", f"#{one.treatment}", "", "#Lift", "#Shrunken", "#p corrected")
    blocks = [rows_of(f"Lift of {one.treatment} by segment", (*heads, "Shown"), rows, is_stacked=True)]
    if pairs:
        rows = [_row(_name(row), row, result, span, write) for row in pairs]
        label = f"Lift of {one.treatment} by pairs, surest first"
        table = rows_of(label, (*heads, "Shown"), rows, is_stacked=True)
        blocks += [heading("Pairs, surest first"), paragraph(_of_pairs(one), "quiet"), table]
    return blocks


def _narrow(whole: SegmentEffect, rows: list[SegmentEffect]) -> list[Estimate]:
    """Return the lifts whose intervals are not many times as wide as that of everybody; wider ones are cut off."""
    most = _MOST_TIMES * _width(whole.lift)
    return [row.lift for row in rows if 0 < _width(row.lift) <= most]


def _width(lift: Estimate) -> float:
    return 0.0 if lift.low is None or lift.high is None else lift.high - lift.low


def _is_of(row: SegmentEffect, dimension: DimensionEffect) -> bool:
    return tuple(member.dimension for member in row.members) == dimension.names


def _name(row: SegmentEffect) -> str:
    return " × ".join(member.member for member in row.members)


def _head(dimension: DimensionEffect, write: NumberFormat) -> list[Cell]:
    """Return the row above the members of a dimension: whether the effect differs between them."""
    p_cell = cell(p_value(dimension.p_holm, write), under=f"{p_value(dimension.p_value, write)} alone")
    said = cell("Differs", is_strong=True) if dimension.differs else cell("Not shown", mark="wait")
    return [cell(f"By {dimension.labels[0].lower()}", is_strong=True), *[""] * 6, p_cell, said]


def _of_pairs(one: TreatmentSegments) -> str:
    pairs = [dimension for dimension in one.dimensions if len(dimension.names) > 1]
    beyond = [" × ".join(dimension.labels) for dimension in pairs if dimension.differs]
    if beyond:
        return f"The effect differs by more than both dimensions explain: {', '.join(beyond)}."
    return "No pair is shown to differ by more than its two dimensions explain."


def _row(name: str, row: SegmentEffect, result: HeterogeneityResult, span: Span, write: NumberFormat) -> list[Cell]:
    corrected = cell(p_value(row.p_holm, write), under=f"{p_value(row.p_value, write)} alone")
    whole = not row.members
    return [
        cell(name, is_strong=whole, is_wrapped=True) if whole else _picked(name, row),
        cell(write.count(row.n_users), under=f"{write.count(row.n_sessions)} sessions"),
        value_cell(row.control, result.unit, write),
        value_cell(row.treatment, result.unit, write),
        span.drawn(row.lift, "main" if whole or _is_shown(row) else "neutral", _told(name, row, write)),
        lift_cell(row.lift, write),
        "" if row.shrunken_lift is None else lift_cell(row.shrunken_lift, write),
        cell(p_value(row.p_value, write), under="not corrected") if whole else corrected,
        "" if whole else _verdict(row),
    ]


def _picked(name: str, row: SegmentEffect) -> Cell:
    members = [(member.dimension, member.member) for member in row.members]
    return cell(name, is_wrapped=True, pick=pick(CHOSEN, members))


def _is_shown(row: SegmentEffect) -> bool:
    return row.stands_out or row.direction != "not shown"


def _verdict(row: SegmentEffect) -> Cell:
    """Return what is shown of the segment, and below it how it stands to the others where that is shown."""
    word = {"gains": "Gains", "loses": "Loses", "not shown": ""}[row.direction]
    if not word and not row.stands_out:
        return cell("Not shown", mark="wait")
    is_more = row.beyond is not None and (row.beyond.value or 0.0) > 0
    beside = "than others" if len(row.members) == 1 else "than both explain"
    told = [f"{'more' if is_more else 'less'} {beside}"] if row.stands_out else []
    told += ["the other way"] if row.is_reversed else []
    return cell(word or "Stands out", under=", ".join(told), is_strong=True)


def _told(name: str, row: SegmentEffect, write: NumberFormat) -> str:
    if row.lift.value is None:
        return f"{name}: too little data"
    ends = lift_ends(row.lift, write)
    told = f"{name}: lift {write.signed_rate(row.lift.value)}" + (f" ({ends})" if ends else "")
    beyond = row.beyond
    if beyond is None or beyond.value is None or row.p_beyond is None:
        return told
    expected = write.signed_rate(beyond.value)
    return f"{told}; {expected} against what the others lead to expect, p {_equals(row.p_beyond_holm, write)} corrected"


def _equals(value: float | None, write: NumberFormat) -> str:
    text = p_value(value, write)
    return text if text.startswith("<") else f"= {text}"


def _said(text: str, one: TreatmentSegments, result: HeterogeneityResult, write: NumberFormat) -> str:
    names = {member.member for row in one.segments for member in row.members}
    return write.regrouped(text, (one.treatment, result.control, *names))


def _how(result: HeterogeneityResult, write: NumberFormat) -> str:
    (first, *_), (name, promise) = result.treatments, METHODS[result.method]
    level = write.level(result.confidence)
    if result.method == "sequential":
        promise += "; tuned for segments, so a little unlike that of the same selection in the other cards"
    small = f" {write.count(first.n_too_small)} with fewer than {write.count(result.min_sessions)} sessions left out."
    return (
        f"{write.count(first.n_looked_at)} segments looked at; any wrong claim among them is made in at most "
        f"{write.level(1 - result.confidence)} of experiments. Intervals: {name.lower()} at {level} for each segment "
        f"alone; it {promise}.{small if first.n_too_small else ''}"
    )


def _summary(result: HeterogeneityResult, write: NumberFormat) -> str:
    if not result.treatments:
        return result.headline
    return " ".join(_said(one.headline, one, result, write) for one in result.treatments)


def heterogeneity_table(result: HeterogeneityResult) -> Table:
    """Return each segment of each engine as a row."""
    columns = (
        Column("engine", "Engine"),
        Column("dimensions", "Dimensions"),
        Column("segment", "Segment"),
        Column("n_users", "Users", "count", "In control and the engine together."),
        Column("n_sessions", "Sessions", "count", "In control and the engine together."),
        *estimate_columns("control", "Control", "metric", "What control measured."),
        *estimate_columns("value", "Value", "metric", "What the engine measured."),
        *estimate_columns("lift", "Lift", "relative", "The difference divided by what control measured."),
        *estimate_columns("shrunken_lift", "Shrunken lift", "relative", "Pulled to what the others lead to expect."),
        *estimate_columns("beyond", "Beyond", "relative", "Against what the others lead to expect."),
        Column("p_value", "p", "number", "Of no effect in the segment, alone."),
        Column("p_holm", "p, Holm", "number", "Corrected for every claim about any segment."),
        Column("p_bh", "p, Benjamini-Hochberg", "number", "Few of those called are wrong."),
        Column("p_beyond_holm", "p beyond, Holm", "number", "Of no difference to what is expected, corrected."),
        Column("direction", "Shown", description="gains, loses, or not shown."),
        Column("stands_out", "Stands out", description="Whether it differs from what is expected."),
    )
    return Table(columns, tuple(_cells(result)))


def _cells(result: HeterogeneityResult) -> Iterator[tuple[TableCell, ...]]:
    for one in result.treatments:
        for row in (one.whole, *one.segments):
            known = [row.control, row.treatment, row.lift]
            later = [(None,) * 4 if each is None else estimate_cells(each) for each in (row.shrunken_lift, row.beyond)]
            yield (
                one.treatment,
                " × ".join(member.label for member in row.members) or None,
                _name(row) or "everybody",
                row.n_users,
                row.n_sessions,
                *(end for each in known for end in estimate_cells(each)),
                *(end for each in later for end in each),
                row.p_value,
                row.p_holm,
                row.p_bh,
                row.p_beyond_holm,
                row.direction,
                "yes" if row.stands_out else "no",
            )
