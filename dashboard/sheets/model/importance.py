"""Importance: what each attribute is worth on held-out data, by shuffling it and by its contributions."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.model.shown import TASK, Shown, model_sheet
from dashboard.sheets.model.words import cell_of, drawn, excludes_zero, told
from dashboard.sheets.told import Told
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import Importance

_COLUMNS = (
    Column("model", "Model"),
    Column("attribute", "Attribute"),
    *estimate_columns("auc_drop", "AUC lost when shuffled", "score", "Mean over shuffles, interval over users."),
    *estimate_columns("log_loss_rise", "Log loss added when shuffled", "score", "Mean over shuffles."),
    *estimate_columns("contribution", "Mean absolute contribution", "score", "In log odds."),
)


def _ranked(shown: Shown) -> list[Importance]:
    return sorted(shown.task.importance, key=lambda one: -(one.auc_drop.value or 0.0))


def _blocks(shown: Shown) -> list[Block]:
    heads = ("Attribute", "", "#AUC lost when shuffled", "#Log loss added", "#Contribution (log odds)")
    ends = [end for one in shown.task.importance for end in (one.auc_drop.low, one.auc_drop.high) if end is not None]
    scale = (min([0.0, *ends]), max([*ends, 0.001]))
    rows = [_row(one, scale, shown) for one in _ranked(shown)]
    caution = [paragraph(shown.task.caution, "quiet")] if shown.task.caution else []
    return [paragraph(_summary(shown)), rows_of("Importance", heads, rows), *caution]


def _row(one: Importance, scale: tuple[float, float], shown: Shown) -> list[Cell]:
    under = "" if excludes_zero(one.auc_drop) else "no more than chance"
    return [
        cell(one.label, under=under),
        drawn(one.auc_drop, scale),
        cell_of(one.auc_drop, "loss", shown.write),
        cell_of(one.log_loss_rise, "loss", shown.write),
        cell_of(one.contribution, "score", shown.write),
    ]


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for one in _ranked(shown):
        three = (one.auc_drop, one.log_loss_rise, one.contribution)
        yield shown.task.title, one.label, *(c for estimate in three for c in estimate_cells(estimate))


def _summary(shown: Shown) -> str:
    ranked = _ranked(shown)
    if not ranked:
        return f"{shown.task.title}: no attribute was looked at."
    first, n_sure = ranked[0], sum(excludes_zero(one.auc_drop) for one in ranked)
    lost = told(first.auc_drop, "score", shown.write)
    return (
        f"{shown.task.title}: {first.label} matters most; with it shuffled the AUC falls by {lost}. "
        f"{n_sure} of {len(ranked)} attributes matter beyond chance."
    )


IMPORTANCE = model_sheet(
    "model-importance",
    "What does it go by?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    help="How much worse the scores of sessions held out become when one attribute is shuffled among them, with an "
    "interval over users; and how far it moves a score, up or down, on average. Attributes that tell the same share "
    "what they are worth. No cause: what the model goes by is not what makes people convert.",
)
