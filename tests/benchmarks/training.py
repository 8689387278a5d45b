"""Training on planted sessions, beside HistGradientBoosting and XGBoost; each contender in a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from etl.sources.synthetic.drawing import draw
from etl.sources.synthetic.population import NEW_SHARE, SHAPE, cell_shares
from etl.sources.synthetic.truth import _chance
from model.examples import Examples
from model.trees import TreeSettings, grow
from tests.benchmarks.timing import machine, stopwatch, write_report
from tests.benchmarks.trainers import CONTENDERS
from tests.model.planted import planted

SIZES = (200_000, 10_000_000)
N_HELD_OUT = 1_000_000
N_ARRIVAL = 20_000_000
_HELD_OUT_SEED = 2
_COLUMNS = ("age", "gender", "device", "location", "category", "engine")


def measure(sizes: Sequence[int] = SIZES) -> str:
    """Return the table of time, memory and quality by contender and number of rows."""
    about = machine("lightgbm", "scikit-learn", "xgboost-cpu", "numpy")
    truth = planted(N_HELD_OUT, _HELD_OUT_SEED)
    held_out, y = truth.arrival, truth.examples.y
    found, rows = [], []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), size, held_out)
            for name in CONTENDERS:
                one = {
                    "rows": size,
                    "name": name,
                    **_trained(name, folder),
                    **_quality(y, Path(folder) / f"{name}.npy"),
                }
                found.append(one)
                rows.append(_row(one))
    best = _metrics(y, truth.arrival_chance)
    rows.append([f"{N_HELD_OUT:,} held out", "the truth", "", "", f"{best['auc']:.5f}", f"{best['log_loss']:.6f}"])
    arrival = [_arrival_seconds(seed) for seed in range(5)]
    rows.append([f"{N_ARRIVAL:,}", "LightGBM, cells that are counted already", f"{np.median(arrival):.2f}", "", "", ""])
    head = ["rows", "contender", "seconds", "peak MB", "AUC", "log loss"]
    return write_report("training", {"machine": about, "found": found, "truth": best, "arrival_s": arrival}, head, rows)


def _write(folder: Path, size: int, held_out: Examples) -> None:
    """Write the sessions as codes of one byte, ages from zero; all contenders read the same files."""
    x = np.lib.format.open_memmap(folder / "x.npy", "w+", np.uint8, (size, len(_COLUMNS)))
    y = np.lib.format.open_memmap(folder / "y.npy", "w+", np.uint8, (size,))
    first = 0
    for block in draw("planted", size, 1):
        part = slice(first, first + len(block.user))
        x[part] = np.column_stack([getattr(block, name) for name in _COLUMNS])
        y[part] = block.converted
        first = part.stop
    x.flush()
    y.flush()
    np.save(folder / "held_out.npy", held_out.x.astype(np.uint8))
    features = [{"name": f.name, "kind": f.kind, "members": f.members} for f in held_out.features]
    (folder / "features.json").write_text(json.dumps(features))


def _trained(name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.trainers", name, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _quality(y: np.ndarray, scores: Path) -> dict[str, float]:
    return _metrics(y, np.load(scores).astype(np.float64))


def _metrics(y: np.ndarray, score: np.ndarray) -> dict[str, float]:
    from sklearn.metrics import log_loss, roc_auc_score

    return {"auc": float(roc_auc_score(y, score)), "log_loss": float(log_loss(y, score))}


def _row(one: dict[str, Any]) -> list[str]:
    numbers = [f"{one['seconds']:.2f}", f"{one['peak_mb']:,.0f}", f"{one['auc']:.5f}", f"{one['log_loss']:.6f}"]
    return [f"{one['rows']:,}", one["name"], *numbers]


def _arrival_seconds(seed: int) -> float:
    """Return the time to grow trees on the cells of 20 million sessions, drawn from the planted truth."""
    cells = _drawn_cells(seed)
    return stopwatch(lambda: grow(cells, TreeSettings(), 1))


def _drawn_cells(seed: int) -> Examples:
    by_engine = []
    for variant, share in enumerate((1 - NEW_SHARE, NEW_SHARE)):
        chance = _chance("planted", variant)
        by_engine.append(share * cell_shares()[..., None] * np.stack([1 - chance, chance], axis=-1))
    shares = np.stack(by_engine, axis=-2)
    counts = np.random.default_rng(seed).multinomial(N_ARRIVAL, (shares / shares.sum()).ravel())
    kept = np.flatnonzero(counts)
    age, gender, location, device, category, engine, y = np.unravel_index(kept, (*SHAPE, 2, 2))
    x = np.column_stack([age, gender, device, location, category, engine]).astype(np.float64)
    features = planted(100).arrival.features
    return Examples(features, x, y.astype(np.float64), counts[kept].astype(np.float64), np.arange(len(kept)))
