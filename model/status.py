"""ModelStatus: whether there is a model, how it is doing, and what to do about it, in words."""

from dataclasses import dataclass
from typing import Literal

from model.registry import ModelVersion, Training

ModelState = Literal["none", "training", "ready", "stale", "failed"]


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """How the model is doing.

    Attributes
    ----------
    state : {"none", "training", "ready", "stale", "failed"}
        ``training`` and ``stale``: there may be a model all the same. ``failed``: it cannot be used, or none was made.
    sentence : str
        The state in words, with the remedy.
    phase : str
        What a running training does.
    done, total : int
        Its phases done, and to do; 0 of 0 where none runs.
    version, trained_at : int or None
        Of the model that is served; None where there is none.
    """

    state: ModelState
    sentence: str
    phase: str = ""
    done: int = 0
    total: int = 0
    version: int | None = None
    trained_at: int | None = None


def status_of(served: ModelVersion | None, training: Training | None, fault: str, stale: str) -> ModelStatus:
    """Return the status.

    Parameters
    ----------
    served : ModelVersion or None
        What is served.
    training : Training or None
        The newest one.
    fault : str
        Why the promoted version cannot be served; empty: it can.
    stale : str
        Why what is served is older than the data; empty: it is not.
    """
    version, trained_at = (served.version, served.created_at) if served else (None, None)
    if training and training.status == "running":
        sentence = "The model is being trained; this page shows it as soon as it is there."
        return ModelStatus("training", sentence, training.phase, training.done, training.total, version, trained_at)
    if fault:
        return ModelStatus("failed", f"{fault}.", version=version, trained_at=trained_at)
    if served:
        return _of_served(stale, training, version, trained_at)
    if training and training.status in ("failed", "interrupted"):
        return ModelStatus("failed", f"The last training {_ended(training)}. To try again: python -m model train")
    return ModelStatus("none", "There is no model yet; to train one: python -m model train")


def _of_served(stale: str, training: Training | None, version: int | None, trained_at: int | None) -> ModelStatus:
    failed = training.status in ("failed", "interrupted") if training else False
    after = f" The last training {_ended(training)}." if training and failed else ""
    if stale:
        sentence = f"{stale}.{after} To train again: python -m model train"
        return ModelStatus("stale", sentence, version=version, trained_at=trained_at)
    return ModelStatus("ready", f"Model version {version} is served.{after}", version=version, trained_at=trained_at)


def _ended(training: Training) -> str:
    said = training.message.rstrip(".")
    return f"failed: {said}" if training.status == "failed" else f"was interrupted ({said})"
