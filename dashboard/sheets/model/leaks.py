"""Leaks: columns that tell the outcome."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.model.shown import TASK, Shown, model_sheet
from dashboard.sheets.model.words import cell_of
from dashboard.sheets.told import Told
from dashboard.sheets.words import counted
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import Leak

_COLUMNS = (
    Column("model", "Model"),
    Column("column", "Column"),
    *estimate_columns("auc", "AUC alone", "score", "Of that column by itself; 0.5 is chance, 1 is the outcome."),
    Column("left_out", "Left out", "text", "yes where it is the outcome in other words."),
    Column("why", "Why"),
)


def _blocks(shown: Shown) -> list[Block]:
    if not shown.task.leaks:
        return [paragraph(_summary(shown), "good")]
    rows = [_row(leak, shown) for leak in shown.task.leaks]
    return [paragraph(_summary(shown)), rows_of("Leaks", ("Column", "#AUC alone", "Left out"), rows)]


def _row(leak: Leak, shown: Shown) -> list[Cell]:
    return [
        cell(leak.label, under=shown.write.regrouped(leak.why), is_wide=True),
        cell_of(leak.auc, "score", shown.write),
        "left out" if leak.is_left_out else "named only",
    ]


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for leak in shown.task.leaks:
        left_out = "yes" if leak.is_left_out else "no"
        yield shown.task.title, leak.label, *estimate_cells(leak.auc), left_out, leak.why


def _summary(shown: Shown) -> str:
    leaks, write = shown.task.leaks, shown.write
    if not leaks:
        return f"{shown.task.title}: no column tells the outcome."
    n_left_out = sum(leak.is_left_out for leak in leaks)
    tell, are = ("tells", "is") if len(leaks) == 1 else ("tell", "are")
    rest = f" and {are} left out" if n_left_out == len(leaks) else f"; {n_left_out} left out, the others named only"
    return f"{shown.task.title}: {counted(len(leaks), 'column', write)} {tell} the outcome{rest}."


LEAKS = model_sheet(
    "model-leaks",
    "Does a column give the outcome away?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    choices=(TASK,),
    help="A column that is known only because the session converted, such as its revenue, makes any model look perfect "
    "and of no use. Such columns are left out; those that come near are named.",
)
