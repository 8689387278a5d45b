"""Trainings: one at a time, told to all; one that is gone without a word is found out."""

import os
import socket
import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from model.registry.records import Training
from model.registry.tables import MODEL_TRAININGS
from semantic.errors import StoreError

if TYPE_CHECKING:
    from model.registry.registry import Registry

SILENT_S = 60.0
"""How long a training may be silent before it is taken for gone."""

_RUNNING = MODEL_TRAININGS.c.status == "running"
_MAX_TEXT, _MAX_PHASE = 1_000, 120


def begin_training(registry: "Registry") -> int:
    """Return the number of a training that may begin now.

    Raises
    ------
    StoreError
        Where another one runs, here or on another machine.
    """
    with registry.changing() as connection:
        for row in connection.execute(sa.select(MODEL_TRAININGS).where(_RUNNING)).all():
            if is_alive(row):
                where = f"process {row.owner.rpartition(':')[2]} on {row.owner.rpartition(':')[0]}"
                raise StoreError(f"another training is running ({where}); wait until it has finished, then try again")
            _finish(connection, row.id, "interrupted", "it ended without a word")
        first = {"owner": _owner(), "status": "running", "phase": "begin", "done": 0, "total": 0, "message": ""}
        now = _now_ms()
        made = connection.execute(
            sa.insert(MODEL_TRAININGS).values(first | {"started_at": now, "heartbeat_at": now})
        ).inserted_primary_key
        return int(made[0]) if made else 0


def tell_training(registry: "Registry", number: int, phase: str, done: int, total: int) -> None:
    """Say what a training does now, and with it that it lives.

    Parameters
    ----------
    registry : Registry
        Where it is told.
    number : int
        Of the training.
    phase : str
        What it does, in words.
    done, total : int
        Phases done, and to do.
    """
    values = {"phase": phase[:_MAX_PHASE], "done": done, "total": total, "heartbeat_at": _now_ms()}
    with registry.translated("kept"), registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_TRAININGS).where(MODEL_TRAININGS.c.id == number).values(values))


def end_training(registry: "Registry", number: int, status: str, message: str = "") -> None:
    """Say how a training ended.

    Parameters
    ----------
    registry : Registry
        Where it is told.
    number : int
        Of the training.
    status : {"succeeded", "failed", "interrupted"}
        How.
    message : str
        Why, or what came of it.
    """
    with registry.changing() as connection:
        _finish(connection, number, status, message)


def is_alive(row: "sa.Row[Any]") -> bool:
    """Return whether a running training still runs: its process does, or it was heard of lately elsewhere."""
    host, _, process = row.owner.rpartition(":")
    if host == socket.gethostname() and process.isdecimal() and not _exists(int(process)):
        return False
    return _now_ms() - int(row.heartbeat_at) < SILENT_S * 1_000


def training_from(row: "sa.Row[Any]") -> Training:
    """Return a training as it is now; a running one that is gone is interrupted."""
    status, message = row.status, row.message
    if status == "running" and not is_alive(row):
        status, message = "interrupted", "it ended without a word"
    return Training(row.id, status, row.phase, row.done, row.total, message, row.started_at, row.finished_at)


def _finish(connection: sa.Connection, number: int, status: str, message: str) -> None:
    values = {"status": status, "message": message[:_MAX_TEXT], "finished_at": _now_ms()}
    connection.execute(sa.update(MODEL_TRAININGS).where(MODEL_TRAININGS.c.id == number).values(values))


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _owner() -> str:
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


def _now_ms() -> int:
    return int(time.time() * 1_000)
