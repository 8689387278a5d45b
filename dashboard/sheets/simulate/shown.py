"""Sheets that tell of one sort of simulation: absent elsewhere, and until there is a result."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.table import Cell, Column, Table

NOTHING_YET = "Nothing has been simulated with these settings yet."


@dataclass(frozen=True, slots=True)
class Run:
    """What a sheet tells of.

    Attributes
    ----------
    scenario, result : object
        Of the sort of simulation.
    write : NumberFormat
        How numbers are written.
    """

    scenario: Any
    result: Any
    write: NumberFormat


@dataclass(frozen=True, slots=True)
class Said:
    """What a sheet is made of.

    Attributes
    ----------
    blocks : callable
        What is drawn.
    columns : tuple of Column
        Of its table.
    rows : callable
        Rows of its table.
    summary : callable
        What it shows, in a sentence.
    """

    blocks: Callable[[Run], list[Block]]
    columns: tuple[Column, ...]
    rows: Callable[[Run], Iterable[tuple[Cell, ...]]]
    summary: Callable[[Run], str]


def run_of(facts: Facts, *kinds: str) -> Run | None:
    """Return the simulation that is shown, where it is of one of these sorts and done."""
    found = facts.simulation
    if found.settings is None or found.result is None or found.settings.kind.name not in kinds:
        return None
    return Run(found.settings.scenario, found.result, facts.write)


def simulate_sheet(name: str, title: str, kinds: tuple[str, ...], said: Said, **more: Any) -> Sheet:
    """Return a sheet of the simulator.

    Parameters
    ----------
    name, title : str
        As of a `Sheet`.
    kinds : tuple of str
        Sorts of simulation that it tells of.
    said : Said
        What it is made of.
    **more
        Further fields of the sheet.
    """

    def blocks(facts: Facts) -> list[Block]:
        run = run_of(facts, *kinds)
        return said.blocks(run) if run else []

    def table(facts: Facts) -> Table:
        run = run_of(facts, *kinds)
        return Table(said.columns, tuple(said.rows(run)) if run else ())

    def summary(facts: Facts) -> str:
        run = run_of(facts, *kinds)
        return said.summary(run) if run else NOTHING_YET

    def is_absent(facts: Facts) -> bool:
        return run_of(facts, *kinds) is None

    def is_awaited(facts: Facts) -> bool:
        return is_absent(facts) and facts.simulation.kind in kinds

    more |= {"is_absent": is_absent, "is_awaited": is_awaited}
    return Sheet(name, title, blocks, table, summary, page="simulate", **more)
