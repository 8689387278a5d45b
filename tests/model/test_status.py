import pytest

from model.registry import ModelVersion, Training
from model.status import status_of

VERSION = ModelVersion(3, 7, "", 1, "", 10, (), "", is_promoted=True)


def training(status: str, message: str = "") -> Training:
    return Training(1, status, "grow trees", 2, 9, message, 0, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("served", "newest", "fault", "stale", "state", "sentence"),
    [
        (None, None, "", "", "none", "There is no model yet; to train one: python -m model train"),
        (None, training("running"), "", "", "training", "The model is being trained"),
        (None, training("failed", "one class."), "", "", "failed", "The last training failed: one class. To try again"),
        (None, training("interrupted", "stopped"), "", "", "failed", "The last training was interrupted (stopped)."),
        (None, None, "it is damaged", "", "failed", "it is damaged."),
        (VERSION, None, "", "", "ready", "Model version 3 is served."),
        (VERSION, training("failed", "no"), "", "", "ready", "served. The last training failed: no."),
        (VERSION, training("running"), "", "old", "training", "The model is being trained"),
        (VERSION, None, "", "The data changed", "stale", "The data changed. To train again: python -m model train"),
    ],
)
def test_the_state_is_said_in_words(served, newest, fault, stale, state, sentence) -> None:
    found = status_of(served, newest, fault, stale)
    assert found.state == state
    assert sentence in found.sentence
    assert found.version == (3 if served else None)


def test_progress_is_told_while_a_training_runs() -> None:
    found = status_of(VERSION, training("running"), "", "")
    assert (found.phase, found.done, found.total, found.trained_at) == ("grow trees", 2, 9, 7)
