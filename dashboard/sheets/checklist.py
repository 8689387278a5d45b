"""Checklist: questions with their answers: a mark, a sentence, numbers; assets/paint_checklist.js draws it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from dashboard.sheets.blocks import Block

Status = Literal["failed", "warning", "unknown", "passed"]
WORDS = {"failed": "Failed", "warning": "Warning", "unknown": "Not known", "passed": "Passed"}
"""What people read for a status."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question and its answer.

    Attributes
    ----------
    status : {"failed", "warning", "unknown", "passed"}
        Its mark.
    label, text : str
        What is asked, and the answer.
    remedy : str
        What to do; empty: nothing.
    numbers : tuple of (str, str)
        Names and values behind the answer, shown when asked for.
    """

    status: Status
    label: str
    text: str
    remedy: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


def checklist(said: str, status: Status, items: Sequence[Item]) -> Block:
    """Return a list of questions with their answers; what is neither failed nor a warning is folded to a line.

    Parameters
    ----------
    said : str
        What all answers come to.
    status : {"failed", "warning", "unknown", "passed"}
        How that is marked.
    items : sequence of Item
        Top down.
    """
    rows = [asdict(item) | {"word": WORDS[item.status]} for item in items]
    return {"kind": "checklist", "said": said, "status": status, "items": rows}
