"""The prediction panel: what a served product takes to answer one change on its page, HTTP included."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import product
from pathlib import Path

import numpy as np

from model.task import TaskName
from tests.benchmarks.serving import ROOT, served

N_CALLS = 2_000
_DEVICES = ("Mobile", "Desktop", "Tablet")
_CATEGORIES = ("Electronics", "Fashion", "Home", "Books", "Beauty")


def panel(tasks: tuple[TaskName, ...]) -> dict[TaskName, dict[str, float]]:
    """Return the time of ``/page-data/predict`` over the default 200,000 sessions and a model trained on them."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{folder}/sessions.db"}
        for command in (("etl", "load"), ("model", "train")):
            words = [sys.executable, "-m", *command, "--quiet"]
            subprocess.run(words, cwd=ROOT, env=os.environ | own, check=True)
        with served(Path(sys.executable), "wsgi:server", own) as (address, _):
            return {task: _answers(f"{address}/page-data/predict?model-task={task}") for task in tasks}


def _answers(address: str) -> dict[str, float]:
    changes = list(product(range(18, 66), _DEVICES, _CATEGORIES))
    asked = [changes[number * 7 % len(changes)] for number in range(N_CALLS + 20)]
    seconds = [_seconds(f"{address}&session-age={a}&session-device={d}&session-category={c}") for a, d, c in asked]
    p50, p99 = np.quantile(seconds[20:], (0.5, 0.99)) * 1_000
    return {"p50_ms": float(p50), "p99_ms": float(p99)}


def _seconds(url: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        answer.read()
    return time.perf_counter() - began
