"""What the registry hands out: versions, what is stored of one, trainings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from model.report import Report, Verdict
from model.task import TaskName
from model.trained import TrainedTask

TrainingStatus = Literal["running", "succeeded", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """What a list of versions says of one task: ``auc`` and ``pr_auc`` are LightGBM's on the hold-out."""

    name: TaskName
    title: str
    verdict: Verdict
    auc: Estimate
    pr_auc: Estimate


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One version of the model.

    Attributes
    ----------
    version : int
        Its number; never used twice.
    created_at : int
        ms since 1970, UTC.
    data_hash, data_version : str, int
        What it was learned from, and the number that the data had then.
    config_hash : str
        Of everything in the configuration that decides how it is trained.
    n_bytes : int
        Size of all its files.
    tasks : tuple of TaskSummary
        How good it is, in short.
    checked_with : str
        The LightGBM and the kind of machine on which a process of its own has loaded it; empty: none has yet.
    is_promoted : bool
        Whether it is the one that is served.
    """

    version: int
    created_at: int
    data_hash: str
    data_version: int
    config_hash: str
    n_bytes: int
    tasks: tuple[TaskSummary, ...]
    checked_with: str
    is_promoted: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything that is served of a version; all of it was found to be what was written.

    Attributes
    ----------
    version : ModelVersion
        Which.
    report : Report
        What its training found.
    tasks : tuple of TrainedTask
        What predictions are made from.
    files : mapping of str to bytes
        The files by name, but for the export.
    """

    version: ModelVersion
    report: Report
    tasks: tuple[TrainedTask, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Training:
    """A training that runs or has run.

    Attributes
    ----------
    id : int
        Its number.
    status : {"running", "succeeded", "failed", "interrupted"}
        ``interrupted``: stopped, or gone without a word.
    phase : str
        What it does, or did last.
    done, total : int
        Phases done, and to do.
    message : str
        Why it failed, or what came of it, in one sentence.
    started_at, finished_at : int, int or None
        ms since 1970, UTC.
    """

    id: int
    status: TrainingStatus
    phase: str
    done: int
    total: int
    message: str
    started_at: int
    finished_at: int | None


@dataclass(frozen=True, slots=True)
class State:
    """What all processes look at.

    Attributes
    ----------
    stamp : str
        Another one after each change by any process; empty while nothing was ever kept.
    promoted, previous : int or None
        The version that is served, and the one that was served before it.
    training : Training or None
        The newest one.
    """

    stamp: str = ""
    promoted: int | None = None
    previous: int | None = None
    training: Training | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What came of the wish for a version of the data of now.

    Attributes
    ----------
    version : int
        The version that was trained, or that held this data already.
    is_new : bool
        Whether it was trained now.
    is_promoted : bool
        Whether it is served.
    seconds : float
        How long it took.
    """

    version: int
    is_new: bool
    is_promoted: bool
    seconds: float
