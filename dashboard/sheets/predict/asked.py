"""Asked: the visitor that a sheet tells of, or the sentence why it tells nothing."""

from dataclasses import dataclass
from typing import Any

from dashboard.format import NumberFormat
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.shown import TASK, without_task
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.told import Told, told_sheet
from dashboard.visitor import Visitor
from model.prediction import Prediction
from model.report import TaskReport

_WITHHELD = "Withheld: without a signal that is shown, this would be noise called a finding."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet tells of.

    Attributes
    ----------
    facts : Facts
        Everything that is known.
    visitor : Visitor
        Who is asked for, with what the model says.
    """

    facts: Facts
    visitor: Visitor

    @property
    def write(self) -> NumberFormat:
        """How numbers are written."""
        return self.facts.write

    @property
    def prediction(self) -> Prediction:
        """What the model says."""
        return self.visitor.prediction

    @property
    def task(self) -> TaskReport:
        """What is known of the model."""
        return self.visitor.task


def asked_of(facts: Facts, *, needs_signal: bool = False) -> Asked | str:
    """Return what is told, or the sentence why nothing is.

    Parameters
    ----------
    facts : Facts
        What is known.
    needs_signal : bool
        Whether nothing is told where the verdict withholds.
    """
    name = TASK.chosen(facts.context.options)
    if facts.model.report and not facts.model.report.task(name):
        return without_task(name)
    if not isinstance(facts.visitor, Visitor):
        return _sentence(facts.visitor or facts.model.sentence)
    asked = Asked(facts, facts.visitor)
    return (asked.task.withheld or _WITHHELD) if needs_signal and asked.prediction.is_withheld else asked


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def predict_sheet(name: str, title: str, told: Told[Asked], *, needs_signal: bool = True, **more: Any) -> Sheet:
    """Return a sheet of the predict page.

    Parameters
    ----------
    name, title : str
        As of a `Sheet`.
    told : Told
        What it is made of.
    needs_signal : bool
        Whether it says nothing where the verdict withholds.
    **more
        Further fields of the sheet.
    """

    def found(facts: Facts) -> Asked | str:
        return asked_of(facts, needs_signal=needs_signal)

    return told_sheet(name, title, told, found, page="predict", **more)
