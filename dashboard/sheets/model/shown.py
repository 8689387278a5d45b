"""Shown: the part of a model's report that a sheet tells, or the sentence why it tells nothing."""

from dataclasses import dataclass
from typing import Any, Literal

from dashboard.format import NumberFormat
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.told import Told, told_sheet
from dashboard.view import Choice
from model.report import LearnerFacts, Report, TaskReport, Uplift
from model.task import TASKS

TASK = Choice("model-task", "Model", tuple((task.name, task.title) for task in TASKS))
"""Which of the two models the page tells of."""

MAIN = "lightgbm"
"""The learner that is served."""

Need = Literal["report", "signal", "uplift"]
_NO_TASK = "There is no model {title}: this data has nothing that is measured in a session."
_NO_SIGNAL = {
    "no useful signal": "Withheld: with no useful signal this would show noise and call it a finding.",
    "undetermined": "Withheld until it is settled whether there is a signal: this could be noise.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sheet tells of.

    Attributes
    ----------
    facts : Facts
        Everything that is known.
    report : Report
        Of the version that is served.
    task : TaskReport
        The model that the reader chose.
    """

    facts: Facts
    report: Report
    task: TaskReport

    @property
    def write(self) -> NumberFormat:
        """How numbers are written."""
        return self.facts.write

    @property
    def level(self) -> str:
        """The level of the intervals, in words."""
        return self.write.level(self.report.confidence)

    @property
    def uplift(self) -> Uplift:
        """Which engine for whom; only where it is told."""
        if self.report.uplift is None:
            raise ValueError("this report compares no engines; ask for what needs uplift")
        return self.report.uplift


def main_learner(task: TaskReport) -> LearnerFacts:
    """Return what is known of LightGBM, which is served."""
    return next(one for one in task.learners if one.name == MAIN)


def without_task(name: str) -> str:
    """Return why there is no model of that name."""
    return _NO_TASK.format(title=dict(TASK.values)[name].lower())


def shown_of(facts: Facts, needs: Need = "report") -> Shown | str:
    """Return what is told, or the sentence why nothing is.

    Parameters
    ----------
    facts : Facts
        What is known.
    needs : {"report", "signal", "uplift"}
        What must be there.
    """
    report = facts.model.report
    if report is None:
        return facts.model.sentence
    name = TASK.chosen(facts.context.options)
    task = report.task(name)
    if task is None:
        return without_task(name)
    if needs == "signal" and task.signal.verdict != "signal":
        return task.withheld or _NO_SIGNAL[task.signal.verdict]
    if needs == "uplift" and report.uplift is None:
        return report.uplift_withheld or _NO_SIGNAL["no useful signal"]
    return Shown(facts, report, task)


def model_sheet(name: str, title: str, told: Told[Shown], *, needs: Need = "report", **more: Any) -> Sheet:
    """Return a sheet of the model page.

    Parameters
    ----------
    name, title : str
        As of a `Sheet`.
    told : Told
        What it is made of.
    needs : {"report", "signal", "uplift"}
        Without which it says why there is nothing to tell.
    **more
        Further fields of the sheet.
    """

    def found(facts: Facts) -> Shown | str:
        return shown_of(facts, needs)

    def is_absent(facts: Facts) -> bool:
        return isinstance(found(facts), str)

    return told_sheet(name, title, told, found, page="model", is_absent=is_absent, **more)
