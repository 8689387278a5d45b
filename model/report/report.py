"""Report: everything that is known of a model, its rivals and the engines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.estimate import Estimate
from model.report.data import DataFacts, FeatureFacts, HoldOut, Leak
from model.report.reasons import Dependence, Importance
from model.report.scores import (
    Calibration,
    Curves,
    Difference,
    LearnerFacts,
    Neighbours,
    SegmentScore,
    Signal,
    Threshold,
)
from model.report.uplift import Uplift
from model.task import TaskName


@dataclass(frozen=True, slots=True)
class TaskReport:
    """Everything of one of the two models; what a verdict forbids to show is empty."""

    name: TaskName
    title: str
    question: str
    caution: str
    features: tuple[FeatureFacts, ...]
    leaks: tuple[Leak, ...]
    signal: Signal
    hold_out: HoldOut
    learners: tuple[LearnerFacts, ...]
    differences: tuple[Difference, ...]
    curves: Curves
    threshold: float
    thresholds: tuple[Threshold, ...]
    segments: tuple[SegmentScore, ...]
    calibration: Calibration
    neighbours: Neighbours
    importance: tuple[Importance, ...] = ()
    dependence: tuple[Dependence, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one training found.

    Attributes
    ----------
    data : DataFacts
        What was learned from.
    confidence : float
        Level of every interval.
    tasks : tuple of TaskReport
        On arrival, then in session where the data has what that needs.
    auc_gap : Estimate or None
        AUC in session less AUC on arrival, paired on the hold-out; None with one task.
    uplift : Uplift or None
        None where ``uplift_withheld`` says why.
    settings : mapping of str to str
        The ``model`` section of the configuration that was in force.
    left_out : str
        Which features no model learned from because they do not vary, in words; empty where all vary.
    """

    data: DataFacts
    confidence: float
    tasks: tuple[TaskReport, ...]
    auc_gap: Estimate | None = None
    uplift: Uplift | None = None
    uplift_withheld: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    left_out: str = ""

    def task(self, name: str) -> TaskReport | None:
        """Return the report of a task, or None."""
        return next((task for task in self.tasks if task.name == name), None)
