"""Measures the cells of a part on all cores; what is measured stays, so that an interrupted run goes on."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.certificate.draws import Row, key_of
from tests.certificate.imports import code_behind
from tests.certificate.part import Part

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "certificate"


def fingerprint(part: Part) -> str:
    """Return what tells whether anything that a part measures with has changed."""
    digest = hashlib.sha256()
    for code in code_behind(part.module, "measure", ROOT):
        digest.update(code)
    return digest.hexdigest()[:16]


def kept_rows(part: Part) -> dict[str, Row]:
    """Return what is measured already, by cell."""
    path = _path(part)
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = {key_of(cell) for cell in part.cells}
    return {key: row for key, row in rows if key in asked}


def measured(part: Part) -> list[Row]:
    """Return the rows of a part in the order of its cells; only those that are missing are measured."""
    rows = kept_rows(part)
    missing = [cell for cell in part.cells if key_of(cell) not in rows]
    if missing:
        _path(part).parent.mkdir(parents=True, exist_ok=True)
        with _path(part).open("a", encoding="utf-8") as file:
            for key, row in _newly(part, missing):
                rows[key] = row
                file.write(json.dumps([key, row]) + "\n")
                file.flush()
    return [rows[key_of(cell)] for cell in part.cells]


def is_whole(part: Part) -> bool:
    """Return whether every cell of a part is measured."""
    return len(kept_rows(part)) == len({key_of(cell) for cell in part.cells})


def _newly(part: Part, cells: list[Row]) -> Iterator[tuple[str, Row]]:
    began, done = time.monotonic(), len(part.cells) - len(cells)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        waiting = {pool.submit(part.measure, cell, 1.0): cell for cell in reversed(cells)}
        try:
            for future in as_completed(waiting):
                done += 1
                yield key_of(waiting[future]), waiting[future] | future.result()
                _tell(part, done, time.monotonic() - began)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _tell(part: Part, done: int, seconds: float) -> None:
    every, total = max(1, len(part.cells) // 8), len(part.cells)
    if sys.stdout.isatty() or done % every == 0 or done == total:
        end = "\r" if sys.stdout.isatty() and done < total else "\n"
        print(f"  {part.letter}  {done:4d} of {total}  {seconds:4.0f} s", end=end, flush=True)


def _path(part: Part) -> Path:
    return FOLDER / f"{part.letter}-{fingerprint(part)}.jsonl"
