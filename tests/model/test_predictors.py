import threading

import pytest

from model.errors import ModelError
from model.predictors import Predictors
from model.registry import Registry, Stored
from tests.model.sample import sample_trained

TRAINED = sample_trained()


@pytest.fixture
def stored(local_registry: Registry) -> Stored:
    return local_registry.read(local_registry.save(TRAINED, 0))


def test_predictors_are_made_once_and_only_when_they_are_asked_for(stored: Stored) -> None:
    checked: list[Stored] = []
    predictors = Predictors(stored, checked.append)
    assert (list(predictors), len(predictors), checked) == (["arrival", "retrospective"], 2, [])
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(predictors["arrival"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(map(id, found))), checked) == (1, [stored])


def test_they_answer_from_the_table_of_cells(stored: Stored) -> None:
    predictor = Predictors(stored, lambda _: None)["arrival"]
    assert predictor.cells is not None
    found = predictor.predict({"device": "Mobile", "age": 30})
    assert found.probability > predictor.predict({"device": "Tablet", "age": 20}).probability


def test_what_was_refused_once_is_refused_at_once(stored: Stored) -> None:
    asked: list[Stored] = []

    def refuse(found: Stored) -> None:
        asked.append(found)
        raise ModelError("model version 1 cannot be used")

    predictors = Predictors(stored, refuse)
    for name in ("arrival", "retrospective"):
        with pytest.raises(ModelError, match="model version 1 cannot be used"):
            _ = predictors[name]
    assert (len(asked), predictors.fault) == (1, "model version 1 cannot be used")


def test_a_task_that_there_is_not_is_a_key_error(stored: Stored) -> None:
    with pytest.raises(KeyError):
        _ = Predictors(stored, lambda _: None)["another"]
