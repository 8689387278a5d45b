"""Told: what a sheet says of something that may be absent, and the sheet that says it, or why it says nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.table import Cell, Column, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
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

    blocks: Callable[[T], list[Block]]
    columns: tuple[Column, ...]
    rows: Callable[[T], Iterable[tuple[Cell, ...]]]
    summary: Callable[[T], str]


def told_sheet(name: str, title: str, told: Told[T], found: Callable[[Facts], T | str], **more: Any) -> Sheet:
    """Return a sheet that tells of what is found in the facts, else the sentence that is found instead.

    Parameters
    ----------
    name, title : str
        As of a `Sheet`.
    told : Told
        What it is made of.
    found : callable
        From the facts to what it tells of, or to the sentence why there is nothing to tell.
    **more
        Further fields of the sheet.
    """

    def blocks(facts: Facts) -> list[Block]:
        thing = found(facts)
        return [paragraph(thing, "quiet")] if isinstance(thing, str) else told.blocks(thing)

    def table(facts: Facts) -> Table:
        thing = found(facts)
        return Table(told.columns, () if isinstance(thing, str) else tuple(told.rows(thing)))

    def summary(facts: Facts) -> str:
        thing = found(facts)
        return thing if isinstance(thing, str) else told.summary(thing)

    return Sheet(name, title, blocks, table, summary, **more)
