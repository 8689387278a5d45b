"""ModelFacts: what sheets are told of the model: how it is doing, what its training found, and all versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.predictor import Predictor
from model.registry import ModelVersion
from model.report import Drift, Report
from model.served import Models
from model.status import ModelStatus, status_of

NOT_KEPT = status_of(None, None, "", "")
"""Where no model was ever made."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of the model.

    Attributes
    ----------
    status : ModelStatus
        How it is doing.
    report : Report or None
        What the training of the served version found; None where none is served.
    versions : tuple of ModelVersion
        The newest first.
    drift : Drift or None
        How today's sessions differ from those learned from; None where nobody has looked.
    predictors : mapping of str to Predictor
        By the names of tasks; each is made when it is first asked for, which raises ModelError where it cannot be.
    """

    status: ModelStatus = NOT_KEPT
    report: Report | None = None
    versions: tuple[ModelVersion, ...] = ()
    drift: Drift | None = None
    predictors: Mapping[str, Predictor] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """How the model is doing, and what a training does now."""
        status = self.status
        step = f" (step {status.done + 1} of {status.total})" if status.total else ""
        return f"{status.sentence} Now: {status.phase}{step}." if status.phase else status.sentence


def read_model(models: Models | None) -> ModelFacts:
    """Return what is known now; without models that there is none."""
    if models is None:
        return ModelFacts()
    served = models.served()
    report, predictors = (served.report, served.tasks) if served else (None, {})
    return ModelFacts(models.status(), report, models.versions(), models.drift(), predictors)
