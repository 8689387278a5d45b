"""ModelFacts: what sheets are told of the model: how it is doing, what its training found, and all versions."""

from dataclasses import dataclass

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
    """

    status: ModelStatus = NOT_KEPT
    report: Report | None = None
    versions: tuple[ModelVersion, ...] = ()
    drift: Drift | None = None

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
    report = served.report if served else None
    return ModelFacts(models.status(), report, models.versions(), models.drift())
