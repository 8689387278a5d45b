"""Files that people drop to have them scored: sent as they are, asked for until they are scored, then fetched."""

import csv
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api.body import refuse_foreign_writes
from api.errors import answer_errors, problem
from api.reply import to_json
from model.jobs import JobError, Jobs, JobStatus
from model.jobs.upload import MOST_BYTES
from model.task import TASKS, TaskName
from semantic.errors import ProductError, UnknownNameError, unknown_name

PATH = "/predict/batch"
MEDIA_TYPE = "application/octet-stream"
N_SHOWN = 10
_MOST_NAME = 200


def batch_routes(jobs: Jobs) -> Blueprint:
    """Return POST `PATH`, and below it each job: its status, its two files, and its end.

    Parameters
    ----------
    jobs : Jobs
        Who scores.

    Notes
    -----
    The body is the file itself, written to disk as it comes; ``?name=`` and ``?task=`` say what it is called and
    which model scores it. What is sent must be of type ``application/octet-stream``: no form of another site can.
    """
    routes = answer_errors(Blueprint("batch", __name__))
    for kind in (JobError, UnknownNameError):
        routes.register_error_handler(kind, _gone)
    routes.before_request(refuse_foreign_writes)

    @routes.post(PATH)
    def start() -> Response:
        _check_body()
        name = request.args.get("name", "sessions.csv")[:_MOST_NAME]
        try:
            job_id = jobs.start(cast(BinaryIO, request.stream), name, _task(request.args.get("task", TASKS[0].name)))
        except JobError as error:
            return problem(503, str(error))
        return _json(jobs, job_id, 202)

    @routes.get(f"{PATH}/<job_id>")
    def status(job_id: str) -> Response:
        return _json(jobs, job_id, 200)

    @routes.delete(f"{PATH}/<job_id>")
    def cancel(job_id: str) -> Response:
        jobs.cancel(job_id)
        return Response(status=204)

    @routes.get(f"{PATH}/<job_id>/<any(scored, rejected):part>.csv")
    def result(job_id: str, part: str) -> Response:
        named = f"{Path(jobs.status(job_id).name).stem}.{part}.csv"
        reply = send_file(jobs.result(job_id, part), "text/csv", as_attachment=True, download_name=named)
        reply.headers["Cache-Control"] = "no-store"
        return reply

    return routes


def _check_body() -> None:
    """Raise where the body is not a file, or says that it is too large: before any of it is read."""
    if request.mimetype != MEDIA_TYPE:
        raise UnsupportedMediaType(f"Content-Type is {request.mimetype[:80]!r}, must be {MEDIA_TYPE!r}; send the file")
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge(
            f"the file is larger than {MOST_BYTES >> 20} MB; split it, or run: python -m model score"
        )


def _task(name: str) -> TaskName:
    known = {str(task.name): task.name for task in TASKS}
    if name not in known:
        raise ProductError(unknown_name("model", name[:80], known))
    return known[name]


def _gone(error: ProductError) -> Response:
    return problem(404, str(error))


def _json(jobs: Jobs, job_id: str, status: int) -> Response:
    found = jobs.status(job_id)
    body = asdict(found) | {"href": f"{PATH}/{job_id}", "head": _head(jobs, found)}
    reply = Response(to_json(body), status, mimetype="application/json")
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _head(jobs: Jobs, found: JobStatus) -> dict[str, Any] | None:
    """Return columns and first rows of what was scored; None until it is."""
    if found.state != "done":
        return None
    with jobs.result(found.id).open(encoding="utf-8-sig", newline="") as file:
        columns, *rows = [*islice(csv.reader(file), N_SHOWN + 1)] or [[]]
    return {"columns": columns, "rows": rows}
