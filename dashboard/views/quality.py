"""Quality: in how many sessions each field is missing."""

from functools import partial

from analytics.quality import QUALITY, QualityResult, QualityRow
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Cell, cell, paragraph, rows_of
from dashboard.sheets.words import counted, ends, share, small_rate
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View

_HELP = (
    "Sessions whose cell was empty or not readable in the source, for each field. The interval says how often "
    "it would be missing in sessions like these; the count itself is exact."
)


_LEAST_SPAN = 0.01
"""Shares up to this one share an axis, so that a tiny one looks tiny."""


def quality_views(context: Context) -> tuple[View, ...]:
    """Return the card of missing values."""
    write = context.number_format
    return (
        View(
            name="quality",
            title="Missing values",
            page="data",
            analysis=QUALITY,
            dimensions=(),
            painter="sheet",
            arrays=partial(_arrays, write=write, level=write.level(context.params.confidence)),
            table=_table,
            summary=partial(_summary, write=write),
            params=context.params,
            note="over all sessions",
            help=_HELP,
            width=6,
        ),
    )


def _arrays(result: QualityResult, _: None, write: NumberFormat, level: str) -> Arrays:
    largest = max((row.total.high or 0.0 for row in result.rows), default=0.0)
    largest = max(largest, _LEAST_SPAN)
    rows = [_row(row, result, largest, write) for row in sorted(result.rows, key=lambda row: -row.n_missing)]
    heads = ("Field", "", "#Missing in", f"#Share ({level} interval)")
    tone = "quiet" if any(row.n_missing for row in result.rows) else "good"
    return {"blocks": [paragraph(_summary(result, write), tone), rows_of("Missing values", heads, rows)]}


def _row(row: QualityRow, result: QualityResult, largest: float, write: NumberFormat) -> list[Cell]:
    span = [end / largest for end in (row.total.low, row.total.value, row.total.high) if end is not None]
    told = f"{row.label}: {share(row.total, write)} of {counted(row.total.n, 'session', write)}"
    by_engine = " · ".join(
        f"{name} {small_rate(rate.value, write)}"
        for name, rate in zip(result.variants, row.variants, strict=True)
        if rate.value is not None and row.n_missing
    )
    return [
        cell(row.label, is_wrapped=True),
        cell("", interval=span, tip=". ".join(filter(None, (told, by_engine)))),
        write.count(row.n_missing),
        cell(small_rate(row.total.value or 0.0, write), under=ends(row.total, write)),
    ]


def _table(result: QualityResult) -> Table:
    columns = (
        Column("field", "Field"),
        Column("n_missing", "Missing in", "count", "Sessions in which the field is missing."),
        *estimate_columns("share", "Share of sessions", "fraction", "Sessions in which it is missing, of all."),
        *(
            c
            for i, name in enumerate(result.variants)
            for c in estimate_columns(f"variant_{i}", name, "fraction", "Its share.")
        ),
    )
    rows = (
        (row.label, row.n_missing, *(cell for rate in (row.total, *row.variants) for cell in estimate_cells(rate)))
        for row in result.rows
    )
    return Table(columns, tuple(rows))


def _summary(result: QualityResult, write: NumberFormat) -> str:
    lacking = [row for row in result.rows if row.n_missing]
    if not lacking:
        return f"No session lacks any of {counted(len(result.rows), 'field', write)}."
    worst = max(lacking, key=lambda row: row.n_missing)
    return (
        f"{len(lacking)} of {counted(len(result.rows), 'field', write)} are missing in some sessions, most often "
        f"{worst.label}: in {write.count(worst.n_missing)} of {write.count(result.n_sessions)}."
    )
