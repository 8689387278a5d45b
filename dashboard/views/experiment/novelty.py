"""Does it last, and the evidence over time: the lift by days since users came first, by date, and at each look."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from analytics.novelty import NOVELTY
from analytics.novelty.result import Look, NoveltyResult, Span, TreatmentCourse
from dashboard.day_format import DayFormat
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, listing, paragraph
from dashboard.sheets.chart import around, axis, chart, reference, series
from dashboard.table import Cell, Column, Table, estimate_cells, estimate_columns
from dashboard.view import Choice, Context, View
from dashboard.views.experiment.heterogeneity import outcome_choice
from dashboard.views.experiment.shown import About, Shown, experiment_params, lift_ends, p_value, sheet_view

BY = Choice("novelty-by", "By", (("since", "days since the first session"), ("date", "date")))
_OPTION = "novelty-metric"
_HELP_LAST = (
    "The lift in spans of days; all intervals hold together. An effect that is there on the first days alone is a "
    "novelty. The trend is by days since each user's first session with the engine; users who come on several days are "
    "allowed for, on the safe side."
)
_HELP_EVIDENCE = (
    "What was known at the end of each of up to twenty days. The intervals hold at every look together, however often "
    "and whenever one looks, so an effect that was once shown stays shown. Always by the sequence, whatever decides."
)
_NOTE = "always valid"
_MOST_TIMES = 4.0


def novelty_views(context: Context) -> tuple[View, ...]:
    """Return the cards of the evidence over time and of whether effects last."""
    outcome = outcome_choice(context, _OPTION, per_session=True)
    params = replace(experiment_params(context), metric=outcome.chosen(context.options), alternative="")
    words, is_by_date = (context.number_format, context.day_format), BY.chosen(context.options) == "date"
    evidence = About("evidence", "The evidence over time", _NOTE, _HELP_EVIDENCE, 6, (outcome,))
    lasting = About("novelty", "Does it last?", _NOTE, _HELP_LAST, 6, (BY,))
    return (
        sheet_view(
            context,
            NOVELTY,
            evidence,
            Shown(partial(_evidence, words=words), evidence_table, partial(_said, words=words, is_evidence=True)),
            params,
        ),
        sheet_view(
            context,
            NOVELTY,
            lasting,
            Shown(
                partial(_lasting, words=words, is_by_date=is_by_date),
                novelty_table,
                partial(_said, words=words, is_evidence=False),
            ),
            params,
        ),
    )


Words = tuple[NumberFormat, DayFormat]


def _evidence(result: NoveltyResult, words: Words) -> list[Block]:
    if not result.treatments:
        return [paragraph(result.headline, "quiet")]
    blocks: list[Block] = []
    for one in result.treatments:
        blocks.append(paragraph(_evidence_of(one, words)))
        blocks += [_looks(one, result, words), listing(_seen(one, result, words))] if len(one.looks) > 1 else []
    return [*blocks, *(paragraph(text, "quiet") for text in result.warnings)]


def _seen(one: TreatmentCourse, result: NoveltyResult, words: Words) -> list[tuple[str, str]]:
    """Return when an effect was first shown, and the p-value of the last look."""
    write, days = words
    alpha = 1 - result.confidence
    shown = next((look.day for look in one.looks if look.p_value is not None and look.p_value < alpha), "")
    return [
        ("Looks", write.count(len(one.looks))),
        ("First shown", days.day(shown) if shown else "not yet"),
        ("p at the last look", p_value(one.looks[-1].p_value, write)),
    ]


def _looks(one: TreatmentCourse, result: NoveltyResult, words: Words) -> Block:
    first = date.fromisoformat(one.looks[0].day)
    points = [((date.fromisoformat(look.day) - first).days, *_ends(look)) for look in one.looks]
    late = [look.lift for look in one.looks[len(one.looks) // 4 :]]
    ends = around([end for lift in late for end in (lift.low, lift.high)], zero=True)
    last = points[-1][0]
    axes = (
        axis(f"Days since {words[1].day(one.looks[0].day)}", "count", (0.0, float(max(last, 1)))),
        axis("Lift", "fraction", ends),
    )
    drawn = series(f"{one.treatment} against {result.control}", points, "line", "main")
    return chart("Lift and its interval at each look", axes, [drawn], (), one.evidence)


def _ends(found: Look | Span) -> tuple[float | None, float | None, float | None, int]:
    return found.lift.value, found.lift.low, found.lift.high, found.lift.n


def _lasting(result: NoveltyResult, words: Words, *, is_by_date: bool) -> list[Block]:
    if not result.treatments:
        return [paragraph(result.headline, "quiet")]
    blocks: list[Block] = []
    for one in result.treatments:
        spans = one.by_date if is_by_date else one.since_first
        blocks.append(paragraph(_regrouped(one.headline, one, words)))
        blocks += [_spans(one, spans, words, is_by_date=is_by_date)] if len(spans) > 1 else []
        blocks.append(listing(_figures(one, words[0])))
    return [*blocks, *(paragraph(text, "quiet") for text in result.warnings)]


def _spans(one: TreatmentCourse, spans: tuple[Span, ...], words: Words, *, is_by_date: bool) -> Block:
    members = [_label(span, words[1], is_by_date=is_by_date) for span in spans]
    known = [span.lift for span in spans if span.lift.low is not None and span.lift.high is not None]
    narrow = min(((lift.high or 0.0) - (lift.low or 0.0) for lift in known), default=0.0)
    sound = [lift for lift in known if (lift.high or 0.0) - (lift.low or 0.0) <= _MOST_TIMES * narrow]
    ends = around([end for lift in sound for end in (lift.low, lift.high)], zero=True)
    points = [(place, *_ends(span)) for place, span in enumerate(spans)]
    label = "Date" if is_by_date else "Days since the first session"
    axes = (axis(label, members=members), axis("Lift", "fraction", ends))
    whole = one.whole.value
    lines = [] if whole is None else [reference("all days", (-0.5, whole), (len(spans) - 0.5, whole))]
    return chart(f"Lift by {label[0].lower()}{label[1:]}", axes, [series("Lift", points, "dots")], lines, one.headline)


def _label(span: Span, days: DayFormat, *, is_by_date: bool) -> str:
    if is_by_date:
        return days.day(span.first, with_year=False)
    return span.first if span.first == span.last else f"{span.first}–{span.last}"


def _figures(one: TreatmentCourse, write: NumberFormat) -> list[tuple[str, str]]:
    rows = (("All days", one.whole), ("After each user's first day", one.fading.after_first_day))
    told = [
        (name, f"{write.signed_rate(lift.value)} ({lift_ends(lift, write)})")
        for name, lift in rows
        if lift.value is not None and lift_ends(lift, write)
    ]
    return [*told, ("Change over time, p", p_value(one.fading.p_value, write))]


def _evidence_of(one: TreatmentCourse, words: Words) -> str:
    """Return the sentence with days as people write them."""
    text = one.evidence
    for look in one.looks:
        text = text.replace(look.day, f"\0{look.day}\0")
    parts = text.split("\0")
    told = [words[1].day(part) if place % 2 else _regrouped(part, one, words) for place, part in enumerate(parts)]
    return "".join(told)


def _regrouped(text: str, one: TreatmentCourse, words: Words) -> str:
    return words[0].regrouped(text, (one.treatment,))


def _said(result: NoveltyResult, words: Words, *, is_evidence: bool) -> str:
    if not result.treatments:
        return result.headline
    told = (
        _evidence_of(one, words) if is_evidence else _regrouped(one.headline, one, words) for one in result.treatments
    )
    return " ".join(told)


def evidence_table(result: NoveltyResult) -> Table:
    """Return each look of each engine as a row."""
    columns = (
        Column("engine", "Engine"),
        Column("day", "Until"),
        *estimate_columns("lift", "Lift", "relative", "The difference divided by what control measured."),
        Column("p_value", "p", "number", "Of no effect, valid at every look."),
    )
    rows = (
        (one.treatment, look.day, *estimate_cells(look.lift), look.p_value)
        for one in result.treatments
        for look in one.looks
    )
    return Table(columns, tuple(rows))


def novelty_table(result: NoveltyResult) -> Table:
    """Return each span of each engine as a row, then what is after each user's first day, and all days."""
    columns = (
        Column("engine", "Engine"),
        Column("by", "By"),
        Column("first", "From"),
        Column("last", "To"),
        *estimate_columns("lift", "Lift", "relative", "The difference divided by what control measured."),
    )
    return Table(columns, tuple(row for one in result.treatments for row in _span_rows(one)))


def _span_rows(one: TreatmentCourse) -> Iterator[tuple[Cell, ...]]:
    for by, spans in (("days since the first session", one.since_first), ("date", one.by_date)):
        for span in spans:
            yield one.treatment, by, span.first, span.last, *estimate_cells(span.lift)
    yield one.treatment, "after the first day", None, None, *estimate_cells(one.fading.after_first_day)
    yield one.treatment, "all days", None, None, *estimate_cells(one.whole)
