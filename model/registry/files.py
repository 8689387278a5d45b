"""Files of a version: what a training found as named bytes, equal for equal data and configuration."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import numpy as np
import orjson
from pydantic import TypeAdapter

from analytics.estimate import Estimate
from model.cells import cells_name, make_cells
from model.examples import Feature
from model.golden import golden_file
from model.registry.card import model_card
from model.report import Neighbours, Report
from model.trained import Sigmoid, Trained, TrainedTask

EXPORT = "conversion_model.pkl"
REPORT, CARD = "report.json", "card.md"
Timings = Mapping[str, Mapping[str, float]]
_PICKLE_PROTOCOL = 4


def files_of(trained: Trained) -> dict[str, bytes]:
    """Return the files by name.

    Nothing in them says when, how fast or under which number of the data: see `timings_of`.

    Parameters
    ----------
    trained : Trained
        What a training hands over.
    """
    report = undated(trained.report)
    boosters = {str(task.name): _booster(task) for task in trained.tasks}
    files = {REPORT: orjson.dumps(report), CARD: model_card(report).encode()}
    for task in trained.tasks:
        files |= _task_files(task, boosters[task.name])
    files[EXPORT] = _export(trained, boosters)
    return files


def timings_of(report: Report) -> dict[str, dict[str, float]]:
    """Return the seconds that each learner took, by task."""
    return {task.name: {learner.name: learner.seconds for learner in task.learners} for task in report.tasks}


def undated(report: Report) -> Report:
    """Return the report without what differs when equal data is learned from again."""
    return dated(report, {}, 0)


def dated(report: Report, timings: Timings, data_version: int) -> Report:
    """Return the report with the seconds that learners took and the number of the data.

    Parameters
    ----------
    report : Report
        With or without them.
    timings : mapping
        See `timings_of`; what is not in it took 0 seconds.
    data_version : int
        Number that the data had.
    """
    tasks = []
    for task in report.tasks:
        took = timings.get(task.name, {})
        learners = tuple(replace(learner, seconds=took.get(learner.name, 0.0)) for learner in task.learners)
        tasks.append(replace(task, learners=learners))
    return replace(report, tasks=tuple(tasks), data=replace(report.data, version=data_version))


def report_from(payload: bytes) -> Report:
    """Return the report that a file holds; raises ValueError where it is of another shape."""
    return _adapter(Report).validate_json(payload)  # type: ignore[no-any-return]


def tasks_from(files: Mapping[str, bytes], report: Report) -> tuple[TrainedTask, ...]:
    """Return what predictions are made from.

    Parameters
    ----------
    files : mapping of str to bytes
        As written by `files_of`.
    report : Report
        Names the tasks.

    Raises
    ------
    ValueError, KeyError
        Where a file is absent or of another shape.
    """
    return tuple(_task_from(files, task.name) for task in report.tasks if f"{task.name}/serving.json" in files)


def manifest_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256(payload).hexdigest() for name, payload in sorted(files.items())}


def _task_files(task: TrainedTask, booster: Any) -> dict[str, bytes]:
    serving = {
        "base_rate": asdict(task.base_rate),
        "is_withheld": task.is_withheld,
        "neighbours": asdict(task.neighbours),
        "sigmoid": asdict(task.sigmoid),
    }
    features = [asdict(feature) for feature in task.features]
    table = make_cells(task, booster) if booster else None
    cells = {cells_name(task.name): table.to_bytes()} if table else {}
    return cells | {
        f"{task.name}/model.txt": task.trees.encode(),
        f"{task.name}/features.json": orjson.dumps(features, option=orjson.OPT_SORT_KEYS),
        f"{task.name}/serving.json": orjson.dumps(serving, option=orjson.OPT_SORT_KEYS),
        f"{task.name}/golden.json": golden_file(task.features, booster),
    }


def _task_from(files: Mapping[str, bytes], name: Any) -> TrainedTask:
    serving = orjson.loads(files[f"{name}/serving.json"])
    return TrainedTask(
        name=name,
        features=tuple(map(_feature_from, orjson.loads(files[f"{name}/features.json"]))),
        trees=files[f"{name}/model.txt"].decode(),
        sigmoid=Sigmoid(**serving["sigmoid"]),
        base_rate=Estimate(**serving["base_rate"]),
        neighbours=_adapter(Neighbours).validate_python(serving["neighbours"]),
        is_withheld=serving["is_withheld"],
    )


def _feature_from(plain: Mapping[str, Any]) -> Feature:
    unknown = {name: np.nan for name, value in plain.items() if value is None}
    return _adapter(Feature).validate_python({**plain, **unknown})  # type: ignore[no-any-return]


def _export(trained: Trained, boosters: Mapping[str, Any]) -> bytes:
    """Return what `joblib.load` opens where LightGBM is installed: plain values and one booster a task."""
    import joblib  # not needed to serve

    files: dict[str, Any] = {}
    for task in trained.tasks:
        plain = orjson.loads(orjson.dumps(_plain(task)))  # so that equal texts are equally many objects each time
        files[str(task.name)] = {**plain, "booster": boosters[task.name]}
    packed = io.BytesIO()
    joblib.dump(files, packed, protocol=_PICKLE_PROTOCOL)
    return packed.getvalue()


def _plain(task: TrainedTask) -> dict[str, Any]:
    return {
        "features": [asdict(feature) for feature in task.features],
        "sigmoid": asdict(task.sigmoid),
        "base_rate": asdict(task.base_rate),
        "is_withheld": task.is_withheld,
    }


def _booster(task: TrainedTask) -> Any:
    if not task.trees:
        return None
    import lightgbm  # brings pandas and scikit-learn along, which serving does without

    return lightgbm.Booster(model_str=task.trees)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
