import time

import pytest

from model.heartbeat import Heartbeat
from model.registry import Registry
from model.registry.trainings import begin_training
from semantic.errors import StoreError
from tests.servers import wait_until


def test_what_is_told_stands_in_the_registry_while_it_is_done(registry: Registry) -> None:
    told: list[tuple[str, int, int]] = []
    with Heartbeat(registry, begin_training(registry)) as heartbeat:
        heartbeat.told(lambda *phase: told.append(phase))("grow trees", 3, 9)
        wait_until(lambda: registry.state().training.phase == "grow trees", "the phase is told")
    training = registry.state().training
    assert (training.status, training.done, training.total, told) == ("running", 3, 9, [("grow trees", 3, 9)])


def test_a_registry_that_is_away_does_not_end_the_training(
    local_registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def away(_registry: Registry, number: int, *_phase: object) -> None:
        asked.append(number)
        raise StoreError("away")

    monkeypatch.setattr("model.heartbeat.tell_training", away)
    with Heartbeat(local_registry, 1) as heartbeat:
        heartbeat.told(lambda *_: None)("grow trees", 1, 2)
        wait_until(lambda: bool(asked), "it is told")
    time.sleep(0.01)
    assert set(asked) == {1}
