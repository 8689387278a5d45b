"""Effects by segment: who gains and who loses with the other engine, corrected for all segments looked at."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.model.shown import Shown, model_sheet
from dashboard.sheets.model.words import cell_of, drawn, p_value
from dashboard.sheets.told import Told
from dashboard.sheets.words import counted
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import UpliftSegment

_COLUMNS = (
    Column("segment", "Segment"),
    *estimate_columns("effect", "Effect", "points", "Difference of conversion rates, treatment less control."),
    Column("p_value", "p", "score", "Without correction."),
    Column("p_adjusted", "p after Holm", "score", "Over all segments looked at."),
    Column("direction", "Direction", "text", "gains, loses, or not shown."),
)
_MOST_ROWS = 12
_MARKS = {"gains": ("Gains", "good"), "loses": ("Loses", "bad"), "not shown": ("Not shown", "wait")}


def _ranked(shown: Shown) -> list[UpliftSegment]:
    """Return the segments, those that are shown to differ first and by effect, the others by their p."""
    shown_first = sorted(shown.uplift.segments, key=lambda one: (one.p_value, -(one.effect.value or 0.0)))
    return sorted(
        shown_first,
        key=lambda one: (1, 0.0) if one.direction == "not shown" else (0, -(one.effect.value or 0.0)),
    )


def _blocks(shown: Shown) -> list[Block]:
    ranked = _ranked(shown)[:_MOST_ROWS]
    n_more = len(shown.uplift.segments) - len(ranked)
    more = [paragraph(f"{counted(n_more, 'further segment', shown.write)} in the table.", "quiet")] if n_more else []
    ends = [end for one in ranked for end in (one.effect.low, one.effect.high) if end is not None]
    scale = (min([0.0, *ends]), max([0.0, *ends]))
    rows = [_row(one, scale, shown) for one in ranked]
    return [
        paragraph(_summary(shown)),
        rows_of("Effects by segment", ("Segment", "", "#Effect", "Verdict"), rows),
        *more,
    ]


def _row(one: UpliftSegment, scale: tuple[float, float], shown: Shown) -> list[Cell]:
    text, mark = _MARKS[one.direction]
    sessions = f"{shown.write.count(one.effect.n)} sessions"
    return [
        cell(one.label, under=sessions, is_wide=True),
        drawn(one.effect, scale),
        cell_of(one.effect, "points", shown.write),
        cell(text, mark=mark, under=f"{p_value(one.p_adjusted, shown.write)} after Holm"),
    ]


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for one in _ranked(shown):
        yield one.label, *estimate_cells(one.effect), one.p_value, one.p_adjusted, one.direction


def _summary(shown: Shown) -> str:
    found, n = shown.uplift, max(shown.uplift.n_segments, len(shown.uplift.segments))
    if not n:
        return "No segments were looked at."
    counts = {name: sum(one.direction == name for one in found.segments) for name in _MARKS}
    neither = n - counts["gains"] - counts["loses"]
    return (
        f"Of {n} segments, {counts['gains']} gain with {found.treatment}, {counts['loses']} lose, and of {neither} "
        "neither is shown, corrected for all looked at."
    )


EFFECTS = model_sheet(
    "model-effects",
    "Who gains, who loses?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="uplift",
    width=6,
    help="Segments of one and two dimensions. A segment gains or loses only where that holds after Holm's correction "
    "for all segments looked at.",
)
