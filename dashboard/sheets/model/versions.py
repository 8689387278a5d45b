"""Versions of the model: which one answers, what each was learned from, and how good it is."""

from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.clock import iso
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.words import cell_of
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from model.registry import ModelVersion, TaskSummary

_N_HASH = 12
_NONE = "No version of a model is on record."
_COLUMNS = (
    Column("version", "Version", "count", "Its number; later ones have higher ones."),
    Column("trained_at", "Trained", "text", "UTC."),
    Column("served", "Served", "text", "yes where it answers now."),
    Column("data_version", "Data version", "count", "What it was learned from."),
    Column("data_hash", "SHA-256 of the data"),
    Column("model", "Model"),
    Column("verdict", "Verdict"),
    *estimate_columns("auc", "ROC-AUC", "score", "LightGBM on the sessions held out."),
    *estimate_columns("pr_auc", "PR-AUC", "score", "LightGBM on the sessions held out."),
)


def _blocks(facts: Facts) -> list[Block]:
    if not facts.model.versions:
        return [paragraph(_NONE, "quiet")]
    heads = ("Version", "Trained", "Data", "Model", "Verdict", "#ROC-AUC", "#PR-AUC")
    return [rows_of("Versions", heads, [row for one in facts.model.versions for row in _shown(one, facts)])]


def _shown(one: ModelVersion, facts: Facts) -> list[list[Cell]]:
    first: list[Cell] = [
        cell(str(one.version), under="served", mark="good") if one.is_promoted else str(one.version),
        facts.clock.moment(one.created_at),
        cell(f"version {one.data_version}", under=f"{one.data_hash[:_N_HASH]}…"),
    ]
    return [_row(first if not place else ["", "", ""], task, facts) for place, task in enumerate(one.tasks)]


def _row(first: list[Cell], task: TaskSummary, facts: Facts) -> list[Cell]:
    figures = [cell_of(estimate, "score", facts.write) for estimate in (task.auc, task.pr_auc)]
    return [*first, task.title, task.verdict, *figures]


def _table(facts: Facts) -> Table:
    rows = (
        (
            one.version,
            iso(one.created_at),
            "yes" if one.is_promoted else "no",
            one.data_version,
            one.data_hash,
            task.title,
            task.verdict,
            *estimate_cells(task.auc),
            *estimate_cells(task.pr_auc),
        )
        for one in facts.model.versions
        for task in one.tasks
    )
    return Table(_COLUMNS, tuple(rows))


def _summary(facts: Facts) -> str:
    versions = facts.model.versions
    if not versions:
        return _NONE
    served = next((one.version for one in versions if one.is_promoted), None)
    said = f"version {served} answers" if served is not None else "none of them answers"
    return f"{counted(len(versions), 'version', facts.write)} on record; {said}."


VERSIONS = Sheet(
    "model-versions",
    "Versions",
    _blocks,
    _table,
    _summary,
    page="model",
    help="Each training that was kept, the newest first. To serve another: python -m model promote, or roll back.",
)
