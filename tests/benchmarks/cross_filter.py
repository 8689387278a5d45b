"""Server time of one gesture with nine linked views and two filters, beside pandas, DuckDB, Polars and FlexViz."""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from config import load_config
from semantic.query import Domains
from tests.benchmarks import flexviz_environment
from tests.benchmarks.gestures import Gesture, draw_gestures, filters_by_coverage
from tests.benchmarks.own_store import build_cube, write_store
from tests.benchmarks.peers import Columns, OwnStore, Peer, Sums, coded_columns, peers_of
from tests.benchmarks.rows import draw_rows
from tests.benchmarks.timing import N_ROUNDS, Timing, machine, time_each, write_report

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_PEER = 60.0
N_FILTERS = 2
N_UNCOVERED = 20
MAX_ROWS_IN_SQLITE = 2_000_000
_N_CHECKED = 3
_COVERED, _UNCOVERED = "store", "store, three filters, in part by SQL"


def measure(sizes: Sequence[int], n_gestures: int) -> str:
    """Return the table of all contenders at all sizes; it is kept in build/benchmarks too.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of rows.
    n_gestures : int
        Random gestures; a contender that needs more than a minute for them stops early, which its n shows.
    """
    found = {size: _measure_size(size, n_gestures) for size in sizes}
    data = {
        "machine": machine("duckdb", "polars", "pandas", "numpy"),
        "seconds": {size: {name: timing.seconds for name, timing in row.items()} for size, row in found.items()},
    }
    header = ["rows", "contender", "p50 ms", "p95 ms", "timed", "times the store's p50"]
    return write_report(
        "cross_filter", data, header, [line for size, row in found.items() for line in _lines(size, row)]
    )


def _lines(size: int, row: dict[str, Timing]) -> list[list[str]]:
    base = row[_COVERED].p50_ms
    return [
        [f"{size:,}", name, f"{t.p50_ms:.1f}", f"{t.p95_ms:.1f}", str(len(t.seconds)), f"{t.p50_ms / base:.1f}"]
        for name, t in row.items()
    ]


def _measure_size(n_rows: int, n_gestures: int) -> dict[str, Timing]:
    config, rows = load_config(ROOT / "config.yaml", {}), draw_rows(n_rows)
    cube = build_cube(config, rows)
    covered, uncovered = filters_by_coverage(cube, N_FILTERS)
    gestures = draw_gestures(cube.domains, [*covered, *uncovered], n_gestures)
    rare = draw_gestures(cube.domains, filters_by_coverage(cube, N_FILTERS + 1)[1], N_UNCOVERED)
    with tempfile.TemporaryDirectory() as folder:
        has_table = n_rows <= MAX_ROWS_IN_SQLITE
        store = write_store(Path(folder) / "rows.db", config, cube, rows, with_table=has_table)
        own = OwnStore(_COVERED, store, cube.domains)
        columns = coded_columns(rows, cube.domains)
        del rows
        found = {_COVERED: time_each(own.answer, gestures, SECONDS_A_PEER)}
        if has_table:
            found[_UNCOVERED] = time_each(own.answer, rare, SECONDS_A_PEER, n_warm=1)
        found["FlexViz"] = _time_flexviz(columns, cube.domains, gestures, own, Path(folder))
        for name, peer in peers_of(columns, cube.domains).items():
            _check(peer, own, gestures)
            found[name] = time_each(peer.answer, gestures, SECONDS_A_PEER)
    return found


def _check(peer: Peer, own: Peer, gestures: Sequence[Gesture]) -> None:
    for gesture in gestures[:_N_CHECKED]:
        for theirs, ours in zip(peer.answer(gesture), own.answer(gesture), strict=True):
            np.testing.assert_array_equal(theirs, ours, err_msg=f"{peer.name} and the store differ on {gesture}")


def _time_flexviz(columns: Columns, domains: Domains, gestures: Sequence[Gesture], own: Peer, folder: Path) -> Timing:
    pl.DataFrame(columns).write_parquet(folder / "rows.parquet")
    plan = {
        "views": list(domains),
        "gestures": [gesture.kept for gesture in gestures],
        "n_warm": 5,
        "n_rounds": N_ROUNDS,
    }
    plan |= {"n_checked": _N_CHECKED, "seconds": SECONDS_A_PEER}
    (folder / "gestures.json").write_text(json.dumps(plan), encoding="utf-8")
    program = ROOT / "tests/benchmarks/flexviz_peer.py"
    command = [
        flexviz_environment.python(),
        program,
        *(folder / n for n in ("rows.parquet", "gestures.json", "answers.json")),
    ]
    subprocess.run([os.fspath(part) for part in command], check=True)
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    for gesture, rates in zip(gestures, answers["rates"], strict=False):
        _check_rates(rates, dict(zip(domains, own.answer(gesture), strict=True)))
    return Timing(tuple(answers["times"]))


def _check_rates(rates: dict[str, Any], sums: dict[str, Sums]) -> None:
    for view, by_variant in rates.items():
        for variant, values in by_variant.items():
            for member, rate in values.items():
                place = (int(member), int(variant)) if variant else (int(member),)
                n, converted = (float(of_measure[place]) for of_measure in sums[view])
                np.testing.assert_allclose(rate, converted / n, err_msg=f"FlexViz and the store differ on {view}")
