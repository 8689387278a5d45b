"""Sheet: a card that tells facts, such as where the data is from, instead of an analysis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.slider import Slider, sent_sliders
from dashboard.table import Table
from dashboard.view import Choice


def _never(_facts: Facts) -> bool:
    return False


@dataclass(frozen=True)
class Sheet:
    """One card of facts.

    Attributes
    ----------
    name : str
        One word; the card's id in the browser.
    title, note, help : str
        As of a `View`.
    blocks : callable
        From the facts to what the painter draws, top down.
    table : callable
        From the facts to the same as rows.
    summary : callable
        From the facts to one sentence that says what the card shows.
    width : {4, 6, 8, 12}
        Columns of twelve.
    page : str
        Name of the page it belongs to.
    painter : str
        ``sheet``; ``sheet-headline`` for the sentence in the page's head.
    choices : tuple of Choice
        What the reader may choose; one option may stand on several sheets.
    sliders : tuple of Slider
        Numbers that the reader may drag.
    is_absent : callable
        Whether it has nothing to tell, so that the page goes without it.
    is_awaited : callable
        Whether what it tells is still to come: its place is kept, and what it told before stays, faint.
    """

    name: str
    title: str
    blocks: Callable[[Facts], Sequence[Block]]
    table: Callable[[Facts], Table]
    summary: Callable[[Facts], str]
    width: int = 12
    note: str = ""
    help: str = ""
    page: str = "data"
    painter: str = "sheet"
    choices: tuple[Choice, ...] = ()
    sliders: tuple[Slider, ...] = ()
    is_absent: Callable[[Facts], bool] = _never
    is_awaited: Callable[[Facts], bool] = _never
    dimensions: tuple[str, ...] = field(default=(), init=False)

    @property
    def label(self) -> str:
        """What people call the card."""
        return self.title

    def sent(self, facts: Facts) -> dict[str, Any]:
        """Return what the browser gets."""
        options = facts.context.options
        return {
            "blocks": self.blocks(facts),
            "says": self.summary(facts),
            "dimensions": (),
            "chosen": {choice.option: choice.chosen(options) for choice in self.choices},
            "sliders": sent_sliders(self.sliders, facts),
            "is_absent": self.is_absent(facts),
            "is_awaited": self.is_awaited(facts),
        }
