"""Predictions: one with all its reasons, files of them, and what-if beside explainerdashboard with the same trees."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from model.predictor import Predictor
from model.task import TaskName
from tests.benchmarks.explainer_environment import ROOT, python
from tests.benchmarks.panel import panel
from tests.benchmarks.prediction_child import Kept, sessions_of
from tests.benchmarks.timing import BUILD, machine, time_each, write_report
from tests.model.planted import planted
from tests.model.trained_tasks import booster_of, cells_of, task_of

N_CALLS = 4_000
_TASKS: tuple[TaskName, ...] = ("arrival", "retrospective")
_N_PEER_ROWS = 20_000
_HEADER = ("what", "model", "p50 ms", "p99 ms", "start s", "rows a second", "peak MB")
_Measured = dict[str, float]


def measure(n_rows: int) -> str:
    """Return the table of predictions; it is kept in build/benchmarks too.

    Parameters
    ----------
    n_rows : int
        Sessions of the file that is scored.
    """
    found: dict[tuple[str, str], _Measured] = {}
    for name in _TASKS:
        found["one prediction with all contributions", name] = _one(name)
        found[f"file of {n_rows:,} rows, csv to csv", name] = _in_child("file", name, file_of_sessions(n_rows))
        found["what-if", name] = _in_child("what-if", name, Path())
    found["what-if, explainerdashboard", "arrival"] = _peer()
    found |= {("page of one visitor, over HTTP", task): times for task, times in panel(_TASKS).items()}
    data = {"machine": machine("lightgbm", "pyarrow", "numpy"), "measured": {" ".join(k): v for k, v in found.items()}}
    return write_report("prediction", data, _HEADER, [_line(*key, measured) for key, measured in found.items()])


def _line(what: str, name: str, measured: _Measured) -> list[str]:
    keys = (("p50_ms", ".3f"), ("p99_ms", ".3f"), ("start_s", ".2f"), ("rows_a_second", ",.0f"), ("peak_mb", ".0f"))
    return [what, name, *(f"{measured[key]:{form}}" if key in measured else "" for key, form in keys)]


def _one(name: TaskName) -> _Measured:
    """Return the time of one validated prediction with its contributions and interval."""
    predictor = Predictor(task_of(name), cells_of(name) if name == "arrival" else None)
    timing = time_each(predictor.predict, sessions_of(task_of(name).features, N_CALLS), 30)
    return {"p50_ms": timing.p50_ms, "p99_ms": float(np.quantile(timing.seconds, 0.99) * 1000)}


def file_of_sessions(n_rows: int) -> Path:
    """Return a csv file of planted sessions, made when it is first asked for."""
    path = BUILD / f"to_score_{n_rows}.csv"
    if path.exists():
        return path
    BUILD.mkdir(parents=True, exist_ok=True)
    found = planted(n_rows).examples
    columns: dict[str, Any] = {"Session_ID": np.char.add("S", np.arange(n_rows).astype(str))}
    columns["Started_At"] = np.full(n_rows, "2026-09-30T12:00:00Z")
    for feature in found.features:
        values = found.column(feature.name)
        columns[feature.name] = np.array(feature.members)[values.astype(int)] if feature.members else values.round(1)
    arrow_csv.write_csv(pa.table(columns), path, arrow_csv.WriteOptions(quoting_style="none"))
    return path


def _in_child(what: str, name: TaskName, file: Path) -> _Measured:
    """Return what a process of its own measured, so that its memory and its start are its own."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        table = cells_of(name).to_bytes() if name == "arrival" else b""
        kept.write_bytes(pickle.dumps(Kept(task_of(name), table)))
        return _run([sys.executable, "-m", "tests.benchmarks.prediction_child", what, kept, file, folder])


def _peer() -> _Measured:
    """Return what explainerdashboard needs with the same trees and 20,000 rows, in its own environment."""
    with tempfile.TemporaryDirectory() as folder:
        found = planted(_N_PEER_ROWS).arrival
        np.savez(Path(folder) / "rows.npz", x=found.x, y=found.y, names=np.array(found.names))
        (Path(folder) / "trees.txt").write_text(booster_of().model_to_string())
        return _run([python(), Path(__file__).with_name("explainer_peer.py"), folder])


def _run(command: list[Any]) -> _Measured:
    began = time.time()
    limits = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS")}
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | limits, stdout=subprocess.PIPE, text=True, check=True)
    measured = dict(json.loads(ended.stdout.splitlines()[-1]))
    if "ready_at" in measured:
        measured["start_s"] = measured.pop("ready_at") - began
    return measured
