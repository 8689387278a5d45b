"""Rows of the registry: from a training to rows, and from rows to versions whose files are what was written."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from analytics.estimate import Estimate
from model.errors import ModelError
from model.registry.files import manifest_of, timings_of
from model.registry.records import ModelVersion, TaskSummary
from model.registry.tables import MAX_PIECE
from model.report import TaskReport
from model.report.drift import Drift
from model.trained import Trained

_NO_ESTIMATE = Estimate(None, None, None, 0)


def whole_files(row: "sa.Row[Any]", pieces: Iterable[Any]) -> dict[str, bytes]:
    """Return the files of a version by name; raises ModelError where one is not what was written.

    Parameters
    ----------
    row : Row
        Of the version.
    pieces : iterable of (str, bytes)
        Names and payloads, in order; what the manifest does not name is passed over.
    """
    manifest = manifest_from(row)
    found: dict[str, list[bytes]] = {}
    for name, payload in pieces:
        found.setdefault(name, []).append(payload)
    files = {name: b"".join(parts) for name, parts in found.items() if name in manifest}
    for name, payload in files.items():
        if hashlib.sha256(payload).hexdigest() != manifest[name]:
            raise damaged(row.version, f"{name} is not what was written")
    return files


def manifest_from(row: "sa.Row[Any]") -> dict[str, str]:
    """Return the SHA-256 of each file of a version by name; raises ModelError where it cannot be read."""
    try:
        return dict(orjson.loads(row.manifest))
    except (ValueError, TypeError) as error:
        raise damaged(row.version, "its manifest cannot be read") from error


def row_of(trained: Trained, files: Mapping[str, bytes], created_at: int) -> dict[str, Any]:
    """Return the row of a new version, but for its number and configuration."""
    report = trained.report
    return {
        "created_at": created_at,
        "data_hash": report.data.hash,
        "data_version": report.data.version,
        "n_bytes": sum(map(len, files.values())),
        "summary": orjson.dumps([_summary(task) for task in report.tasks]).decode(),
        "timings": orjson.dumps(timings_of(report)).decode(),
        "manifest": orjson.dumps(manifest_of(files)).decode(),
        "checked_with": "",
    }


def pieces_of(version: int, name: str, payload: bytes) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    starts = range(0, max(len(payload), 1), MAX_PIECE)
    parts = [payload[start : start + MAX_PIECE] for start in starts]
    return [{"version": version, "name": name, "part": number, "payload": part} for number, part in enumerate(parts)]


def version_from(row: "sa.Row[Any]", promoted: int | None) -> ModelVersion:
    """Return the version that a row describes; raises ModelError where it cannot be read."""
    try:
        tasks = _summaries().validate_json(row.summary)
    except ValidationError as error:
        raise damaged(row.version, "its summary cannot be read") from error
    return _version(row, promoted, tasks)


def listed_from(row: "sa.Row[Any]", promoted: int | None) -> ModelVersion:
    """Return the version that a row describes, without tasks where its summary cannot be read."""
    try:
        return version_from(row, promoted)
    except ModelError:
        return _version(row, promoted, ())


def _version(row: "sa.Row[Any]", promoted: int | None, tasks: tuple[TaskSummary, ...]) -> ModelVersion:
    return ModelVersion(
        row.version, row.created_at, row.data_hash, row.data_version, row.config_hash, row.n_bytes, tasks,
        row.checked_with, row.version == promoted,
    )  # fmt: skip


def drift_from(payload: str | None) -> Drift | None:
    """Return the look at the drift that a row holds; None where there is none, or it is of another release."""
    try:
        return _drifts().validate_json(payload) if payload else None
    except ValidationError:
        return None


def damaged(version: int, why: str) -> ModelError:
    """Return the error that a version is not what was written, and why."""
    return ModelError(
        f"model version {version} is damaged ({why}); promote another one or run: python -m model train --force"
    )


def unknown_version(version: int, known: Any) -> ModelError:
    """Return the error that there is no version of that number."""
    names = ", ".join(map(str, sorted(known))) or "none"
    return ModelError(f"there is no model version {version}; known: {names}")


def _summary(task: TaskReport) -> TaskSummary:
    held_out = next((learner.held_out for learner in task.learners if learner.name == "lightgbm"), {})
    auc, pr_auc = held_out.get("auc", task.signal.auc), held_out.get("pr_auc", _NO_ESTIMATE)
    return TaskSummary(task.name, task.title, task.signal.verdict, auc, pr_auc)


@cache
def _summaries() -> "TypeAdapter[tuple[TaskSummary, ...]]":
    return TypeAdapter(tuple[TaskSummary, ...])


@cache
def _drifts() -> "TypeAdapter[Drift]":
    return TypeAdapter(Drift)
