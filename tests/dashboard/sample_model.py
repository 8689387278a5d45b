"""A model as the pages are told of it: one that is served, and each state in which none is."""

from dataclasses import replace

from dashboard.model_facts import ModelFacts
from model.predictor import Predictor
from model.predictors import Predictors
from model.registry import ModelVersion, Stored, TaskSummary
from model.report import Drift, Report, Verdict
from model.served import Models, Served
from model.status import ModelStatus
from tests.model.sample_report import sample_drift, sample_report
from tests.model.trained_tasks import cells_of, task_of

TRAINED_AT = 1_790_003_000_000
READY = ModelStatus("ready", "Model version 2 is served.", version=2, trained_at=TRAINED_AT)


def versions_of(report: Report) -> tuple[ModelVersion, ...]:
    """Return two versions, the newer one served."""
    tasks = tuple(TaskSummary(t.name, t.title, t.signal.verdict, t.signal.auc, t.signal.auc) for t in report.tasks)
    return tuple(
        ModelVersion(
            number, TRAINED_AT, "5d" * 32, 1, "c0" * 32, 90_000, tasks, checked_with="", is_promoted=number == 2
        )
        for number in (2, 1)
    )


def facts_of(report: Report, status: ModelStatus = READY) -> ModelFacts:
    """Return the facts of a report."""
    return ModelFacts(status, report, versions_of(report), sample_drift())


def sample_model(verdict: Verdict = "signal") -> ModelFacts:
    """Return a served model under a verdict."""
    return facts_of(sample_report(verdict))


def answering(verdict: Verdict = "signal") -> ModelFacts:
    """Return a served model that answers."""
    is_withheld = verdict != "signal"
    arrival = Predictor(task_of(is_withheld=is_withheld), None if is_withheld else cells_of())
    later = Predictor(task_of("retrospective", is_withheld=is_withheld))
    return replace(sample_model(verdict), predictors={"arrival": arrival, "retrospective": later})


class SampleModels(Models):
    """Serves what it is given.

    Parameters
    ----------
    facts : ModelFacts
        What is told; default: a model with a signal.
    """

    def __init__(self, facts: ModelFacts | None = None) -> None:
        self.facts = facts or sample_model()

    def served(self) -> Served | None:
        """Return the served version."""
        report = self.facts.report
        if report is None:
            return None
        stored = Stored(self.facts.versions[0], report, tuple(one.task for one in self.facts.predictors.values()), {})
        return Served(stored.version, report, Predictors(stored, lambda _: None))

    def status(self) -> ModelStatus:
        """Return how it is doing."""
        return self.facts.status

    def versions(self) -> tuple[ModelVersion, ...]:
        """Return all versions."""
        return self.facts.versions

    def drift(self) -> Drift | None:
        """Return how sessions differ."""
        return self.facts.drift

    def stamp(self) -> str:
        """Return a name of the state."""
        return f"{self.facts.status.state}-{self.facts.status.version}"


STALE = facts_of(
    sample_report(),
    ModelStatus("stale", "The data has changed since it was trained.", version=2, trained_at=TRAINED_AT),
)
TRAINING = ModelFacts(ModelStatus("training", "The model is being trained.", "compare learners", 3, 9))
FAILED = ModelFacts(ModelStatus("failed", "The last training failed: all 6,000 sessions have one outcome."))
"""States beside that of a current model."""
