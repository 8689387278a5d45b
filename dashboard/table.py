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
        ``text``, ``count``, ``fraction``, or the unit of a metric as in the catalog.
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
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def estimate_columns(name: str, label: str, unit: str) -> tuple[Column, ...]:
    """Return the four columns of an estimate: value, both ends of its interval, and its n."""
    return (
        Column(name, label, unit),
        Column(f"{name}_low", f"{label}, low", unit, "Lower end of the confidence interval."),
        Column(f"{name}_high", f"{label}, high", unit, "Upper end of the confidence interval."),
        Column(f"{name}_n", f"{label}, n", "count", "Sessions behind the value."),
    )


def estimate_cells(estimate: Estimate | None) -> tuple[Cell, ...]:
    """Return the cells of `estimate_columns`; four times None where there is no estimate."""
    return (estimate.value, estimate.low, estimate.high, estimate.n) if estimate else (None,) * 4
