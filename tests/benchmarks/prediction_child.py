"""The parts of the benchmark of predictions that have a process of their own: a file, and what-if."""

import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from model.batch import BatchFiles, score_file
from model.cells import CellTable
from model.examples import Feature
from model.predictor import Predictor
from model.trained import TrainedTask
from model.wording import value_text

_N_CLICKS = 500
Values = dict[str, str | float | None]


class Kept(NamedTuple):
    """A task and its table of cells, as handed to a process."""

    task: TrainedTask
    table: bytes


def sessions_of(features: tuple[Feature, ...], n_rows: int) -> list[Values]:
    """Return random sessions as people write them."""
    rng = np.random.default_rng(7)

    def value(feature: Feature) -> str | float:
        if feature.members:
            return value_text(feature, int(rng.integers(len(feature.members))))
        return float(rng.integers(int(feature.low) + 1, int(feature.high)))

    return [{feature.name: value(feature) for feature in features} for _ in range(n_rows)]


def score(predictor: Predictor, file: Path, folder: Path) -> dict[str, float]:
    """Return rows a second from csv to csv, and the peak of the process."""
    outcome = score_file(
        BatchFiles(file, folder / "out.csv", folder / "rejected.csv"), predictor, lambda share, n_rows: None
    )
    assert outcome.n_rejected == outcome.n_read - outcome.n_scored
    return {"rows_a_second": outcome.n_read / outcome.seconds, "peak_mb": _peak_mb(), "seconds": outcome.seconds}


def _peak_mb() -> float:
    """Return the most memory that this process had; what getrusage tells is in part its parent's."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def what_if(predictor: Predictor, _file: Path, _folder: Path) -> dict[str, float]:
    """Return when the first answer was there, and how long an answer takes: prediction, what-if, engine by engine."""
    sessions = sessions_of(predictor.task.features, _N_CLICKS)
    seconds = []
    ready_at = 0.0
    for session in sessions:
        begin = time.perf_counter()
        predictor.predict(session), predictor.what_if(session), predictor.versus(session)
        seconds.append(time.perf_counter() - begin)
        ready_at = ready_at or time.time()
    p50, p99 = np.quantile(seconds[1:], [0.5, 0.99]) * 1000
    return {"ready_at": ready_at, "p50_ms": float(p50), "p99_ms": float(p99)}


PARTS: dict[str, Callable[[Predictor, Path, Path], dict[str, float]]] = {"file": score, "what-if": what_if}


def main(what: str, kept: str, file: str, folder: str) -> None:
    """Print what was measured, as JSON."""
    task, table = pickle.loads(Path(kept).read_bytes())
    predictor = Predictor(task, CellTable.from_bytes(table) if table else None)
    print(json.dumps(PARTS[what](predictor, Path(file), Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
