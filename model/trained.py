"""Trained: what one training hands over to be stored, served and shown."""

from dataclasses import dataclass

from analytics.estimate import Estimate
from model.examples import Feature
from model.report import Neighbours, Report
from model.task import TaskName


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """Recalibration behind the trees: ``slope * logit + intercept``; 1 and 0 change nothing."""

    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class TrainedTask:
    """Everything that predictions of one task are made from.

    Attributes
    ----------
    name : TaskName
        Which of the two models.
    features : tuple of Feature
        The frozen vocabulary, in the order of the columns.
    trees : str
        LightGBM's native text.
    sigmoid : Sigmoid
        Behind the trees.
    base_rate : Estimate
        Conversion rate of what was learned from.
    neighbours : Neighbours
        The intervals of predictions.
    is_withheld : bool
        True where the verdict is that there is no useful signal: the base rate is predicted then.
    """

    name: TaskName
    features: tuple[Feature, ...]
    trees: str
    sigmoid: Sigmoid
    base_rate: Estimate
    neighbours: Neighbours
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """One training.

    Attributes
    ----------
    report : Report
        What was found.
    tasks : tuple of TrainedTask
        As in the report.
    """

    report: Report
    tasks: tuple[TrainedTask, ...]
