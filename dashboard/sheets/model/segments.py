"""Segments: how the model does among the members of each dimension, and whether it serves them alike."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.model.shown import TASK, Shown, model_sheet
from dashboard.sheets.model.words import MetricWords, cell_of, p_value, told
from dashboard.sheets.told import Told
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import SegmentScore

_METRICS = (
    MetricWords("base_rate", "Observed rate", "fraction", "Conversion rate of its sessions."),
    MetricWords("mean_score", "Mean score", "fraction", "What the model expects of them."),
    MetricWords("calibration_gap", "Score less rate", "points", "Mean score less observed rate."),
    MetricWords("auc", "AUC within", "score", "How well scores rank its sessions among themselves."),
    MetricWords("selected", "Selected", "fraction", "Share of its sessions at or above the threshold."),
    MetricWords("precision", "Precision", "fraction", "Share of its selected sessions that convert."),
    MetricWords("recall", "Recall", "fraction", "Share of its conversions that are selected."),
    MetricWords("selected_difference", "Selected, less the rest", "points", "Less that of the other members."),
    MetricWords("recall_difference", "Recall, less the rest", "points", "Less that of the other members."),
)
_COLUMNS = (
    Column("model", "Model"),
    Column("dimension", "Dimension"),
    Column("member", "Member"),
    *(column for m in _METRICS for column in estimate_columns(m.name, m.label, m.unit, m.meaning)),
    Column("p_adjusted", "p after Holm", "score", "Of the recall difference, over all segments."),
)


def _blocks(shown: Shown) -> list[Block]:
    heads = ("Segment", *(f"#{metric.label}" for metric in _METRICS if metric.name != "precision"))
    rows = [_row(one, shown) for one in shown.task.segments]
    at = f"Selected: scores of {shown.write.rate(shown.task.threshold)} or more. Intervals are at {shown.level}."
    return [
        paragraph(_summary(shown)),
        rows_of("Scores by segment", heads, rows, is_dense=True),
        paragraph(at, "quiet"),
    ]


def _row(one: SegmentScore, shown: Shown) -> list[Cell]:
    told_metrics = [metric for metric in _METRICS if metric.name != "precision"]
    cells = [cell_of(getattr(one, metric.name), metric.kind, shown.write) for metric in told_metrics]
    told_recall = told(one.recall_difference, "points", shown.write)
    last = cell(told_recall, under=f"{p_value(one.p_adjusted, shown.write)} after Holm")
    return [cell(one.member, under=one.dimension_label), *cells[:-1], last]


def _uneven(shown: Shown) -> list[SegmentScore]:
    return [one for one in shown.task.segments if one.p_adjusted < 1 - shown.report.confidence]


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for one in shown.task.segments:
        cells = (c for metric in _METRICS for c in estimate_cells(getattr(one, metric.name)))
        yield shown.task.title, one.dimension_label, one.member, *cells, one.p_adjusted


def _summary(shown: Shown) -> str:
    uneven, n = _uneven(shown), len(shown.task.segments)
    if not n:
        return f"{shown.task.title}: no segment is large enough to be judged."
    if not uneven:
        return f"{shown.task.title}: in none of {n} segments does the share of conversions found differ beyond chance."
    worst = min(uneven, key=lambda one: one.recall_difference.value or 0.0)
    return (
        f"{shown.task.title}: in {len(uneven)} of {n} segments the share of conversions found differs from that of the "
        f"rest; least is found in {worst.dimension_label} {worst.member}, "
        f"{told(worst.recall_difference, 'points', shown.write)}."
    )


SEGMENTS = model_sheet(
    "model-segments",
    "Does it serve everybody alike?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    help="The same threshold for all. Where more of one segment's conversions are found than of another's, acting on "
    "scores favours it; that may be wanted or not, but it should be known. Holm corrects for all segments looked at.",
)
