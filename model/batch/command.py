"""The command ``score``: its arguments, and a file scored with its progress told to a screen or to another process."""

import argparse
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from config import Config
from model.batch.score_file import BatchFiles, BatchOutcome, Tell, score_file
from model.predictor import Predictor
from semantic.errors import InputError

_EVERY_S = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that `score_command` reads."""
    parser.add_argument("--in", dest="source", type=Path, required=True, metavar="FILE", help="csv or Parquet")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv with scores and drivers")
    rejected = "csv of the rows that cannot be scored, each with the reason (beside --out)"
    parser.add_argument("--rejected", type=Path, metavar="FILE", help=rejected)
    parser.add_argument("--task", choices=("arrival", "retrospective"), default="arrival", help="which model (arrival)")
    parser.add_argument("--most-rows", type=int, metavar="N", help="refuse a file with more rows")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="tell the progress to this file, as JSON")


def score_command(given: argparse.Namespace, config: Config, predictor: Predictor, tell: Tell) -> BatchOutcome:
    """Return what became of a file.

    Parameters
    ----------
    given : Namespace
        As of `add_arguments`.
    config : Config
        Names the columns of the source.
    predictor : Predictor
        Of the task asked for.
    tell : callable
        Told of the progress, a few times a second at most.

    Raises
    ------
    InputError
        As of `score_file`, and where one file would be written over another.
    """
    rejected = given.rejected or given.out.with_name(f"{given.out.stem}.rejected.csv")
    files = BatchFiles(given.source, given.out, rejected)
    if len({path.resolve() for path in (files.source, files.out, files.rejected)}) < 3:
        raise InputError("--in, --out and --rejected must be three different files; name another one")
    telling = _Telling(tell, given.progress)
    outcome = score_file(files, predictor, telling, source_columns(config), given.most_rows)
    telling.write({"share": 1.0, "n_read": outcome.n_read, "outcome": asdict(outcome)})
    return outcome


def source_columns(config: Config) -> dict[str, str]:
    """Return the columns of the configured source by the names of fields."""
    return {name: spec.column for name, spec in config.fields.items()}


def sentence(outcome: BatchOutcome) -> str:
    """Return what became of a file in words."""
    rows = f"{outcome.n_scored:,} of {outcome.n_read:,} rows scored in {outcome.seconds:.1f} s"
    return f"{rows}; {outcome.n_rejected:,} could not be" if outcome.n_rejected else rows


class _Telling:
    """Tells a few times a second, and writes it down where another process reads it."""

    def __init__(self, tell: Tell, path: Path | None) -> None:
        self._tell, self._path, self._next = tell, path, 0.0

    def __call__(self, share: float, n_read: int) -> None:
        now = time.monotonic()
        if now >= self._next or share >= 1:
            self._next = now + _EVERY_S
            self._tell(share, n_read)
            self.write({"share": share, "n_read": n_read})

    def write(self, progress: dict[str, Any]) -> None:
        if self._path is not None:
            hidden = self._path.with_name(f".{self._path.name}.part")
            hidden.write_bytes(orjson.dumps(progress))
            hidden.replace(self._path)
