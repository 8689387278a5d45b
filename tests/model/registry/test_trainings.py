import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from model.registry import Registry
from model.registry.tables import MODEL_TRAININGS
from model.registry.trainings import SILENT_S, begin_training, end_training, tell_training
from semantic.errors import StoreError
from tests.model.conftest import ROOT

_BEGIN = """
import sys
from model.registry import Registry
from model.registry.trainings import begin_training
from tests.model.conftest import config_at
begin_training(Registry(config_at(sys.argv[1])))
"""


def change_training(registry: Registry, **values: object) -> None:
    with registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_TRAININGS).values(values))


def test_a_training_is_told_from_beginning_to_end(registry: Registry) -> None:
    number = begin_training(registry)
    tell_training(registry, number, "grow trees", 3, 9)
    running = registry.state().training
    assert (running.status, running.phase, running.done, running.total) == ("running", "grow trees", 3, 9)
    end_training(registry, number, "failed", "all sessions converted")
    ended = registry.state().training
    assert (ended.status, ended.message) == ("failed", "all sessions converted")
    assert ended.finished_at >= ended.started_at


def test_a_second_training_at_once_is_refused(registry: Registry) -> None:
    begin_training(registry)
    with pytest.raises(StoreError, match=f"another training is running \\(process {os.getpid()} on .*\\); wait until"):
        begin_training(registry)


def test_a_training_that_was_killed_is_found_out_at_once(registry: Registry, url: str) -> None:
    subprocess.run([sys.executable, "-c", _BEGIN, url], cwd=ROOT, check=True)
    assert registry.state().training.status == "interrupted"
    assert begin_training(registry) == 2
    with registry.reader.connect() as connection:
        rows = connection.execute(sa.select(MODEL_TRAININGS.c.status).order_by(MODEL_TRAININGS.c.id)).scalars().all()
    assert rows == ["interrupted", "running"]


def test_one_of_another_machine_is_taken_for_gone_after_a_silence(local_registry: Registry) -> None:
    begin_training(local_registry)
    change_training(local_registry, owner="elsewhere:1")
    with pytest.raises(StoreError, match="process 1 on elsewhere"):
        begin_training(local_registry)
    change_training(local_registry, heartbeat_at=MODEL_TRAININGS.c.heartbeat_at - int(SILENT_S * 1_000))
    assert begin_training(local_registry) == 2
