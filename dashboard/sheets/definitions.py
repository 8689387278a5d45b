"""Definitions: what every dimension and metric means, which column it is from, and how it is cut or computed."""

from config.definitions import (
    DimensionDefinition,
    MetricDefinition,
    dimension_definitions,
    metric_definitions,
)
from dashboard.sheets.blocks import Block, Cell, cell, rows_of
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from semantic.catalog import MISSING, VARIANT

_N_MEMBERS = 6
_MISSING = {
    "keep": "empty: kept as missing",
    "quarantine": "empty: row refused",
    "zero": "empty: counts as zero",
}
_HEADS = ("Name", "Meaning", "Kind", "Source column", "Members, cuts or formula", "Measured")
_COLUMNS = (
    Column("name", "Name"),
    Column("label", "Label"),
    Column("role", "Role", "text", "Dimension or metric."),
    Column("kind", "Kind"),
    Column("meaning", "Meaning"),
    Column("unit", "Unit"),
    Column("source_column", "Source column"),
    Column("formula", "Formula", "text", "Of a metric."),
    Column("edges", "Edges", "text", "Cuts of a band or number; intervals are half-open."),
    Column("missing", "Missing", "text", "What becomes of an empty cell: keep, quarantine or zero."),
    Column("measured", "Measured", "text", "Before or after the engine acted."),
)
_Definition = DimensionDefinition | MetricDefinition


def _found(facts: Facts) -> tuple[_Definition, ...]:
    context = facts.context
    dimensions = dimension_definitions(context.config, context.snapshot.domains)
    return (*metric_definitions(context.config), *dimensions)


def _blocks(facts: Facts) -> list[Block]:
    rows = [_row(definition, facts) for definition in _found(facts)]
    return [rows_of("Definitions", _HEADS, rows, search="Search definitions")]


def _row(found: _Definition, facts: Facts) -> list[Cell]:
    role = "Metric" if isinstance(found, MetricDefinition) else "Dimension"
    unit = "" if found.unit in ("", "fraction") else found.unit
    return [
        cell(found.label, under=found.name),
        cell(found.description, is_wide=True),
        cell(role, under=" · ".join(filter(None, (found.kind, unit)))),
        cell(found.source_column, is_code=True, under=_MISSING[found.missing]),
        _made(found, facts),
        _measured(found),
    ]


def _made(found: _Definition, facts: Facts) -> Cell:
    write = facts.write
    if isinstance(found, MetricDefinition):
        return cell(found.formula, is_wide=True)
    if found.edges:
        cuts = ", ".join(write.exact(f"{edge:g}") for edge in found.edges)
        return cell(f"cut at {cuts}", under="chosen from the data" if found.are_edges_chosen else "", is_wide=True)
    if found.kind == "time":
        return counted(sum(member != MISSING for member in found.members), "day", write)
    members = [member for member in found.members if member != MISSING]
    first, n_rest = ", ".join(members[:_N_MEMBERS]), len(members) - _N_MEMBERS
    return cell(first, under=f"and {counted(n_rest, 'other', write)}" if n_rest > 0 else "", is_wide=True)


def _measured(found: _Definition) -> Cell:
    if isinstance(found, MetricDefinition):
        return "after: an outcome"
    if found.name == VARIANT:
        return "the engine itself"
    if found.is_post_treatment:
        return cell("after the engine acted", mark="wait", tip="Engines cannot be compared within it.")
    return "before"


def _table(facts: Facts) -> Table:
    return Table(_COLUMNS, tuple(_cells(found) for found in _found(facts)))


def _cells(found: _Definition) -> tuple[str, ...]:
    is_metric = isinstance(found, MetricDefinition)
    edges = "" if isinstance(found, MetricDefinition) else ", ".join(f"{edge:g}" for edge in found.edges)
    is_late = isinstance(found, MetricDefinition) or found.is_post_treatment
    return (
        found.name,
        found.label,
        "metric" if is_metric else "dimension",
        found.kind,
        found.description,
        found.unit,
        found.source_column,
        found.formula if isinstance(found, MetricDefinition) else "",
        edges,
        found.missing,
        "after" if is_late else "before",
    )


def _summary(facts: Facts) -> str:
    catalog, write = facts.context.config.catalog, facts.write
    metrics, dimensions = (counted(len(c), n, write) for c, n in ((catalog.metrics, "metric"),
                                                                  (catalog.dimensions, "dimension")))  # fmt: skip
    return f"What {metrics} and {dimensions} mean and where they come from."


DEFINITIONS = Sheet("definitions", "Definitions", _blocks, _table, _summary, note="of every metric and dimension")
