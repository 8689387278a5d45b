"""Two questions, two models: what each may know, how well it ranks, and what lies between them."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.model.shown import Shown, main_learner, model_sheet
from dashboard.sheets.model.words import cell_of, excludes_zero, told
from dashboard.sheets.told import Told
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import TaskReport

_COLUMNS = (
    Column("model", "Model"),
    Column("question", "Question"),
    Column("knows", "Knows", "text", "What it goes by."),
    Column("verdict", "Verdict"),
    *estimate_columns("auc", "AUC, held out", "score", "LightGBM on the sessions held out; 0.5 is chance."),
)
_ONE = "This data has nothing that is measured in a session, so there is one model."


def _blocks(shown: Shown) -> list[Block]:
    rows = [_row(task, shown) for task in shown.report.tasks]
    cautions = [paragraph(task.caution, "quiet") for task in shown.report.tasks if task.caution]
    return [rows_of("The two models", ("Model", "#AUC, held out", "Knows"), rows), paragraph(_gap(shown)), *cautions]


def _row(task: TaskReport, shown: Shown) -> list[Cell]:
    return [
        cell(task.title, under=task.question, is_wide=True),
        cell_of(main_learner(task).held_out.get("auc"), "score", shown.write),
        cell(_knows(task), is_wide=True),
    ]


def _knows(task: TaskReport) -> str:
    return ", ".join(feature.label for feature in task.features)


def _gap(shown: Shown) -> str:
    gap = shown.report.auc_gap
    if gap is None:
        return _ONE
    between = told(gap, "score difference", shown.write)
    if not excludes_zero(gap):
        return f"The two do not differ by more than chance: AUC {between} on the same sessions."
    if (gap.value or 0.0) > 0:
        between = told(gap, "score", shown.write)
        return f"Knowing what happens in the session raises the AUC by {between}, on the same sessions."
    return f"Knowing what happens in the session does not help: AUC {between} on the same sessions."


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for task in shown.report.tasks:
        auc = main_learner(task).held_out.get("auc")
        yield task.title, task.question, _knows(task), task.signal.verdict, *estimate_cells(auc)


QUESTIONS = model_sheet(
    "model-questions",
    "Two questions, two models",
    Told(_blocks, _COLUMNS, _rows, _gap),
    width=6,
    help="What is known when a visit begins can be acted on. What is measured while the visitor decides describes the "
    "visit: it follows from the outcome as much as it leads to it.",
)
