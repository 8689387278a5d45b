"""Segments: which combinations convert best and worst, as two ranked lists of rows that filter by all their members."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from analytics.estimate import Estimate
from analytics.segment_cells import dimension_names
from analytics.segments import SEGMENTS, Segment, SegmentsResult
from dashboard.format import MINUS, NumberFormat
from dashboard.table import Cell, Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Choice, Context, View
from semantic.errors import ProductError
from semantic.filter import EVERYTHING, Filter

CHOSEN = "segments-chosen"
"""Option that holds the segment which the reader clicked, as the query string of its filter."""
DEPTH = Choice("segments-depth", "Combine", (("2", "two dimensions"), ("3", "three dimensions")))
LEAST = Choice(
    "segments-min",
    "At least",
    tuple((str(n), f"{n:,} sessions") for n in (50, 100, 500, 1_000)),
)
NONE_STANDS_OUT = "On this data no segment converts differently from the rest by more than chance."
_SMALLEST_P = 0.0001
_SHRUNKEN = "The conversion rate drawn towards that of the whole, the more so the fewer sessions there are."
_COUNTED = "Sessions that ended in a conversion, divided by all sessions of the segment."
_DIFFERENCE = "The shrunken rate minus the rate of the whole."
_HELP = (
    "Rates are shrunk towards the whole, the more so the fewer sessions a segment has, so that luck does not rank "
    "first. A segment stands out where its difference from the rest remains after correction for all looked at."
)


def segments_views(context: Context) -> tuple[View, ...]:
    """Return the card of the best and worst segments."""
    write = context.number_format
    return (
        View(
            name="segments",
            title="Best and worst segments",
            page="explore",
            analysis=SEGMENTS,
            dimensions=tuple(dimension_names(context.config.catalog)),
            painter="segments",
            arrays=partial(_arrays, write=write, confidence=context.params.confidence),
            table=segments_table,
            summary=partial(segments_sentence, write=write),
            params=replace(
                context.params,
                depth=int(DEPTH.chosen(context.options)),
                min_sessions=int(LEAST.chosen(context.options)),
            ),
            choices=(DEPTH, _written(LEAST, write)),
            help=_HELP,
            own=chosen_segment(context.options),
        ),
    )


def chosen_segment(options: Mapping[str, str], option: str = CHOSEN) -> Filter:
    """Return the filter of the segment that was clicked; that of everything where none was or it cannot be read.

    Parameters
    ----------
    options : mapping of str to str
        What the reader chose beside the filter.
    option : str
        The one that holds it.
    """
    try:
        return Filter.from_query(options.get(option, ""))
    except ProductError:
        return EVERYTHING


def segments_table(result: SegmentsResult) -> Table:
    """Return the segments of both lists, best first."""
    heads = (Column("list", "List"), *(Column(f"member_{i}", f"Member {i}") for i in range(1, result.depth + 1)))
    columns = (
        *estimate_columns("shrunken_rate", "Shrunken rate", "fraction", _SHRUNKEN),
        *estimate_columns("rate", "Rate as counted", "fraction", _COUNTED),
        *estimate_columns("difference", "Difference to the whole", "points", _DIFFERENCE),
        Column("p_value", "p", "number", "That the segment converts as the rest does."),
        Column("p_adjusted", "p, adjusted", "number", "The same, corrected for all segments looked at (Holm)."),
        Column("stands_out", "Stands out"),
        *(
            c
            for i, name in enumerate(result.variants)
            for c in estimate_columns(f"variant_{i}", f"{name}, as counted", "fraction", _COUNTED)
        ),
    )
    lists = (("best", result.best), ("worst", result.worst))
    return Table((*heads, *columns), tuple(_cells(name, segment) for name, found in lists for segment in found))


def segments_sentence(result: SegmentsResult, write: NumberFormat) -> str:
    """Return how many segments were looked at, left out and stand out."""
    text = write.regrouped(result.summary)
    return f"{NONE_STANDS_OUT} {text}" if result.n_looked_at and not result.n_stand_out else text


def words(segment: Segment) -> str:
    """Return the segment as people read it."""
    return " · ".join(member.member for member in segment.members)


def away(difference: Estimate, write: NumberFormat) -> str:
    """Return a difference to the whole in words, such as 4.2 points above the whole."""
    value = difference.value or 0.0
    ends = tuple(end for end in (difference.low, difference.high) if end is not None)
    text = write.difference(abs(value), "fraction", ends).lstrip("+" + MINUS).removesuffix("pt")
    return f"{text}points {'above' if value >= 0 else 'below'} the whole"


def _written(choice: Choice, write: NumberFormat) -> Choice:
    return replace(choice, values=tuple((word, write.regrouped(label)) for word, label in choice.values))


def _cells(name: str, segment: Segment) -> tuple[Cell, ...]:
    estimates = (segment.shrunken_rate, segment.rate, segment.difference)
    return (
        name,
        *(f"{member.label}: {member.member}" for member in segment.members),
        *(cell for estimate in estimates for cell in estimate_cells(estimate)),
        segment.p_value,
        segment.p_adjusted,
        "yes" if segment.stands_out else "no",
        *(cell for estimate in segment.variants for cell in estimate_cells(estimate)),
    )


def _arrays(result: SegmentsResult, _: None, write: NumberFormat, confidence: float) -> Arrays:
    whole = result.whole
    return {
        "read": f"Dots are rates shrunk towards the whole with {write.level(confidence)} credible intervals; "
        "engines and numbers of sessions are as counted.",
        "lead": NONE_STANDS_OUT if result.n_looked_at and not result.n_stand_out else "",
        "counted": write.regrouped(result.summary),
        "passed_over": list(result.left_out),
        "whole": {"value": whole.value, "text": f"The whole: {_rate(whole, write)}"},
        "variants": result.variants,
        "best": [_row(segment, result, write) for segment in result.best],
        "worst": [_row(segment, result, write) for segment in result.worst],
    }


def _row(segment: Segment, result: SegmentsResult, write: NumberFormat) -> dict[str, Any]:
    shrunken, raw = segment.shrunken_rate, segment.rate
    said = ", ".join(f"{member.label} {member.member}" for member in segment.members)
    return {
        "members": [[member.dimension, member.member] for member in segment.members],
        "words": words(segment),
        "value": shrunken.value,
        "low": shrunken.low,
        "high": shrunken.high,
        "rate": write.value(shrunken.value, "fraction"),
        "raw": f"{write.value(raw.value, 'fraction')} of {write.count(raw.n)}",
        "text": f"{said}: {_ends(shrunken, write)} after shrinkage, {away(segment.difference, write)}; "
        f"as counted {write.value(raw.value, 'fraction')} of {write.count(raw.n)} sessions",
        "engines": [
            {"name": name, "rate": write.value(estimate.value, "fraction"), "text": f"{name}: {_rate(estimate, write)}"}
            for name, estimate in zip(result.variants, segment.variants, strict=True)
        ],
        "stands_out": segment.stands_out,
        "details": _details(segment, result, write),
    }


def _details(segment: Segment, result: SegmentsResult, write: NumberFormat) -> list[list[str]]:
    difference = segment.difference
    ends = (difference.low or 0.0, difference.high or 0.0)
    differs = write.difference(difference.value, "fraction", ends)
    return [
        ["Rate, shrunk", _ends(segment.shrunken_rate, write)],
        ["Rate, as counted", _rate(segment.rate, write)],
        *([name, _rate(rate, write)] for name, rate in zip(result.variants, segment.variants, strict=True)),
        ["Difference to the whole", f"{differs} ({write.difference_interval(*ends, 'fraction')})"],
        ["p", _probability(segment.p_value, write)],
        [f"p, adjusted for {write.count(result.n_looked_at)} looked at", _probability(segment.p_adjusted, write)],
    ]


def _ends(estimate: Estimate, write: NumberFormat) -> str:
    return f"{write.value(estimate.value, 'fraction')} ({write.interval(estimate.low, estimate.high, 'fraction')})"


def _rate(estimate: Estimate, write: NumberFormat) -> str:
    return f"{_ends(estimate, write)} of {write.count(estimate.n)} sessions" if estimate.n else "no sessions"


def _probability(value: float, write: NumberFormat) -> str:
    """Return a p value; a very small one as what it is below."""
    return write.fixed(value, 4) if value >= _SMALLEST_P else f"below {write.fixed(_SMALLEST_P, 4)}"
