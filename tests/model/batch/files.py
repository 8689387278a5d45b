"""Files of sessions as people hand them in, and what is read back."""

import csv
from pathlib import Path
from typing import Any

from model.batch.score_file import BatchFiles, BatchOutcome, score_file
from model.predictor import Predictor
from tests.model.trained_tasks import cells_of, task_of

HEADER = "age,gender,device,location,category,variant"
ROWS = ("31,Female,Mobile,Kolkata,Books,New", "52,Male,Desktop,Mumbai,Home,Old")


def predictor() -> Predictor:
    return Predictor(task_of(), cells_of())


def written(folder: Path, *lines: str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def scored(source: Path, asked: Predictor | None = None, **more: Any) -> BatchOutcome:
    files = BatchFiles(source, source.parent / "out.csv", source.parent / "rejected.csv")
    return score_file(files, asked or predictor(), lambda share, n_rows: None, **more)


def read_back(folder: Path, name: str = "out.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
