"""Table: the numbers of a card as rows and columns, for the reader who wants them so and for exports."""

from dataclasses import dataclass

from analytics.estimate import Estimate

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        One word, unique within the table; the header of a CSV.
    label : str
        What people read.
    unit : str
        ``text``, ``day`` (ISO), ``count``, ``fraction``, ``points`` (a difference of fractions), ``relative`` (a
        difference divided by what it is from), or the unit of a metric as in the catalog. ``metric`` and
        ``metric_difference`` are in the unit that the row's ``unit`` names.
    description : str
        What the column means, in one sentence; empty where the label says it.
    """

    name: str
    label: str
    unit: str = "text"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a card shows, unrounded.

    Attributes
    ----------
    columns : tuple of Column
        Left to right.
    rows : tuple of tuple
        Cells in the order of the columns; None where there is no value.
    definitions : tuple of (str, str)
        What words in the rows mean, such as the metrics that they name.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    definitions: tuple[tuple[str, str], ...] = ()


def estimate_columns(name: str, label: str, unit: str, description: str = "") -> tuple[Column, ...]:
    """Return the four columns of an estimate: value, both ends of its interval, and its n.

    Parameters
    ----------
    name, label, unit, description : str
        Of the value, as in `Column`; the others are named after it.
    """
    return (
        Column(name, label, unit, description),
        Column(f"{name}_low", f"{label}, low", unit, "Lower end of the confidence interval."),
        Column(f"{name}_high", f"{label}, high", unit, "Upper end of the confidence interval."),
        Column(f"{name}_n", f"{label}, n", "count", "Sessions behind the value."),
    )


def unit_of(column: Column, row: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    """Return the unit of a column's cell in a row: its own, or for ``metric`` the one that the row names."""
    if column.unit not in ("metric", "metric_difference"):
        return column.unit
    named = next((str(cell) for c, cell in zip(columns, row, strict=True) if c.name == "unit"), "")
    return "points" if (column.unit, named) == ("metric_difference", "fraction") else named


def estimate_cells(estimate: Estimate | None) -> tuple[Cell, ...]:
    """Return the cells of `estimate_columns`; four times None where there is no estimate."""
    return (estimate.value, estimate.low, estimate.high, estimate.n) if estimate else (None,) * 4
