"""The model: its card, its verdicts, how good all learners are, and what it goes by where it goes by something."""

from typing import Any

from flask import Blueprint, Response

from api.errors import answer_errors, problem
from api.reply import reply
from model.registry import ModelVersion
from model.registry.card import model_card
from model.report import Report, TaskReport
from model.served import Models
from model.status import ModelStatus

_CLAIMS = ("curves", "thresholds", "segments", "importance", "dependence", "calibration")
"""What is null where there is no signal: it would show noise."""

_NO_SIGNAL = "Withheld: without a signal this would show noise and call it a finding."


def model_routes(models: Models) -> Blueprint:
    """Return /api/v1/model.

    Parameters
    ----------
    models : Models
        What is served.

    Notes
    -----
    404 where there is no model, 503 while the first one is trained or where what there is cannot be served; each with
    a sentence. A model older than the data is answered, and ``state`` is ``stale``.
    """
    routes = answer_errors(Blueprint("model", __name__, url_prefix="/api/v1"))

    @routes.get("/model")
    def model() -> Response:
        served, status = models.served(), models.status()
        if served is None:
            return problem(404 if status.state == "none" else 503, _sentence(status))
        body = _body(served.version, served.report, status)
        more = {"versions": models.versions(), "drift": models.drift()}
        return reply(body | more, models.stamp(), status, *more.values())

    return routes


def _sentence(status: ModelStatus) -> str:
    step = f" (step {status.done + 1} of {status.total})" if status.total else ""
    return f"{status.sentence} Now: {status.phase}{step}." if status.phase else status.sentence


def _body(version: ModelVersion, report: Report, status: ModelStatus) -> dict[str, Any]:
    return {
        "version": version.version,
        "trained_at": version.created_at,
        "state": status.state,
        "sentence": _sentence(status),
        "data": report.data,
        "confidence": report.confidence,
        "verdict": {task.name: task.signal for task in report.tasks},
        "tasks": [_task(task) for task in report.tasks],
        "auc_gap": report.auc_gap,
        "uplift": report.uplift,
        "uplift_withheld": report.uplift_withheld,
        "settings": report.settings,
        "card": model_card(report),
    }


def _task(task: TaskReport) -> dict[str, Any]:
    found = {name: getattr(task, name) for name in TaskReport.__dataclass_fields__ if name != "neighbours"}
    if task.signal.verdict == "signal":
        return found
    return found | dict.fromkeys(_CLAIMS) | {"withheld": task.withheld or _NO_SIGNAL}
