"""Sheets that tell of one sort of simulation: absent elsewhere, and until there is a result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.told import Told, told_sheet

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


def run_of(facts: Facts, *kinds: str) -> Run | None:
    """Return the simulation that is shown, where it is of one of these sorts and done."""
    found = facts.simulation
    if found.settings is None or found.result is None or found.settings.kind.name not in kinds:
        return None
    return Run(found.settings.scenario, found.result, facts.write)


def simulate_sheet(name: str, title: str, kinds: tuple[str, ...], told: Told[Run], **more: Any) -> Sheet:
    """Return a sheet of the simulator; it draws nothing as long as there is nothing to tell.

    Parameters
    ----------
    name, title : str
        As of a `Sheet`.
    kinds : tuple of str
        Sorts of simulation that it tells of.
    told : Told
        What it is made of.
    **more
        Further fields of the sheet.
    """

    def found(facts: Facts) -> Run | str:
        return run_of(facts, *kinds) or NOTHING_YET

    def is_absent(facts: Facts) -> bool:
        return isinstance(found(facts), str)

    def is_awaited(facts: Facts) -> bool:
        return is_absent(facts) and facts.simulation.kind in kinds

    def blocks(facts: Facts) -> Sequence[Block]:
        return [] if is_absent(facts) else sheet.blocks(facts)

    more |= {"is_absent": is_absent, "is_awaited": is_awaited}
    sheet = told_sheet(name, title, told, found, page="simulate", **more)
    return replace(sheet, blocks=blocks)
