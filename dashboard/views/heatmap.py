"""The heatmap: the conversion rate in each combination of two dimensions that the reader chooses."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from analytics.estimate import Estimate, Split
from analytics.heatmap import HEATMAP, HeatmapAxis, HeatmapResult
from dashboard.choices import choice_of, first_of_kind, short_dimensions
from dashboard.format import NumberFormat
from dashboard.packed import packed, shortened
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Choice, Context, View
from dashboard.views.breakdown import sentence
from semantic.catalog import VARIANT, Catalog

FEW_SESSIONS = 30
"""Below this many sessions a cell is hatched: its interval is too wide to tell anything."""

_HELP = (
    "The share of sessions that convert in each combination. Every interval holds for its own cell; "
    "among many cells the most extreme ones are partly chance."
)


def heatmap_views(context: Context) -> tuple[View, ...]:
    """Return the heatmap; nothing where no two dimensions can stand against each other."""
    if len(short_dimensions(context)) < 2:
        return ()
    choices = _choices(context)
    by, across = (choice.chosen(context.options) for choice in choices)
    return (
        View(
            name="heatmap",
            title="Conversion by two dimensions",
            page="explore",
            analysis=HEATMAP,
            dimensions=(by, across),
            painter="heatmap",
            arrays=_arrays,
            table=partial(heatmap_table, catalog=context.config.catalog),
            summary=partial(heatmap_summary, write=context.number_format),
            params=replace(context.params, by=by, across=across),
            has_ghost=True,
            choices=choices,
            help=_HELP,
        ),
    )


def heatmap_table(result: HeatmapResult, catalog: Catalog) -> Table:
    """Return one row for each cell that has sessions."""
    meaning = catalog.metric(result.metric).description
    names = [("total", "All engines"), *((f"variant_{i}", name) for i, name in enumerate(result.variants))]
    heads = (_head("row", result.rows, catalog), _head("column", result.columns, catalog))
    columns = (column for name, label in names for column in estimate_columns(name, label, result.unit, meaning))
    rows = (
        (row, column, *(cell for one in (split.total, *split.variants) for cell in estimate_cells(one)))
        for row, column, split in _cells(result)
        if split.total.n
    )
    return Table((*heads, *columns), tuple(rows))


def heatmap_summary(result: HeatmapResult, write: NumberFormat) -> str:
    """Return the cells with the highest and the lowest rate in one sentence, and among how many they are."""
    what = f"Conversion by {result.rows.label} and {result.columns.label}"
    sound = [(f"{row}, {column}", s.total) for row, column, s in _cells(result) if s.total.n >= FEW_SESSIONS]
    if not sound:
        return f"{what}: no combination has {FEW_SESSIONS} sessions."
    best, worst = (choose(sound, key=lambda cell: cell[1].value or 0.0) for choose in (max, min))
    ends = "; ".join(sentence(*cell, write) for cell in dict.fromkeys((best, worst)))
    return f"{what}: {ends}; the ends of {result.n_cells} combinations."


def _head(name: str, axis: HeatmapAxis, catalog: Catalog) -> Column:
    return Column(name, axis.label, description=catalog.dimension(axis.dimension).description)


def _choices(context: Context) -> tuple[Choice, Choice]:
    known = (*short_dimensions(context), context.config.catalog.dimension(VARIANT))
    names = [dimension.name for dimension in known]
    first = "location" if "location" in names else first_of_kind(known, "place", "category")
    second = "category" if "category" in names else first_of_kind(known, "category", "band", but=first)
    rows = choice_of("heatmap-rows", "Rows", known, first)
    columns = choice_of("heatmap-columns", "Columns", known, second, taken=rows.chosen(context.options))
    return rows, columns


def _cells(result: HeatmapResult) -> list[tuple[str, str, Split]]:
    return [
        (row, column, split)
        for row, splits in zip(result.rows.members, result.cells, strict=True)
        for column, split in zip(result.columns.members, splits, strict=True)
    ]


def _arrays(result: HeatmapResult, ghost: HeatmapResult | None) -> Arrays:
    rows, columns = (_shown(axis, ghost_axis) for axis, ghost_axis in _axes(result, ghost))
    cells = [result.cells[row][column].total for row in rows for column in columns]
    return {
        "rows": _axis(result.rows, rows),
        "columns": _axis(result.columns, columns),
        "cells": packed(cells),
        "total": packed([result.total.total]),
        "few": FEW_SESSIONS,
        "n_cells": result.n_cells,
        "ghosts": _ghosts(result, ghost, rows, columns) if ghost else [],
    }


def _axes(
    result: HeatmapResult, ghost: HeatmapResult | None
) -> tuple[tuple[HeatmapAxis, HeatmapAxis], tuple[HeatmapAxis, HeatmapAxis]]:
    base = ghost or result
    return (result.rows, base.rows), (result.columns, base.columns)


def _shown(axis: HeatmapAxis, base: HeatmapAxis) -> list[int]:
    """Return the places of the members that have sessions, now or in the baseline."""
    known = {member for member, split in zip(base.members, base.totals, strict=True) if split.total.n}
    pairs = enumerate(zip(axis.members, axis.totals, strict=True))
    return [place for place, (member, split) in pairs if split.total.n or member in known]


def _axis(axis: HeatmapAxis, shown: Sequence[int]) -> dict[str, Any]:
    left_out = axis.n_members - len(axis.members)
    return {
        "dimension": axis.dimension,
        "label": axis.label,
        "members": [axis.members[place] for place in shown],
        "totals": packed(axis.totals[place].total for place in shown),
        "left_out": f"{axis.label}: the largest {len(axis.members)} of {axis.n_members}" if left_out > 0 else "",
    }


def _ghosts(
    result: HeatmapResult, ghost: HeatmapResult, rows: Sequence[int], columns: Sequence[int]
) -> list[float | None]:
    known: dict[tuple[str, str], Estimate] = {(row, column): split.total for row, column, split in _cells(ghost)}
    keys = ((result.rows.members[row], result.columns.members[column]) for row in rows for column in columns)
    sound = {key: one.value for key, one in known.items() if one.n >= FEW_SESSIONS}
    return [shortened(sound.get(key)) for key in keys]
