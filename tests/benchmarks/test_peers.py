"""The benchmark is fair only while all contenders answer the same: they are oracles of one another."""

from pathlib import Path

import numpy as np
import pytest

from config import load_config
from semantic.cube import Cube
from tests.benchmarks.gestures import draw_gestures, filters_by_coverage
from tests.benchmarks.own_store import build_cube, write_store
from tests.benchmarks.peers import DuckDB, OwnStore, Pandas, Polars, coded_columns
from tests.benchmarks.rows import Rows, draw_rows

CONFIG = load_config(Path(__file__).resolve().parents[2] / "config.yaml", {})


@pytest.fixture(scope="module")
def rows() -> Rows:
    return draw_rows(5_000)


@pytest.fixture(scope="module")
def cube(rows: Rows) -> Cube:
    return build_cube(CONFIG, rows)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, rows: Rows, cube: Cube) -> OwnStore:
    path = tmp_path_factory.mktemp("store") / "rows.db"
    return OwnStore("store", write_store(path, CONFIG, cube, rows, with_table=True), cube.domains)


@pytest.mark.parametrize("contender", [Pandas, DuckDB, Polars])
@pytest.mark.parametrize("n_filters", [2, 3], ids=["by the cube", "in part by SQL"])
def test_every_contender_gives_the_sums_of_the_store(
    rows: Rows, cube: Cube, own: OwnStore, contender: type[Pandas | DuckDB | Polars], n_filters: int
) -> None:
    peer = contender(coded_columns(rows, cube.domains), cube.domains)
    covered, uncovered = filters_by_coverage(cube, n_filters)
    for gesture in draw_gestures(cube.domains, uncovered or covered, 25):
        for theirs, ours in zip(peer.answer(gesture), own.answer(gesture), strict=True):
            np.testing.assert_array_equal(theirs, ours)


def test_the_cube_covers_every_pair_of_filters_and_most_of_three(cube: Cube) -> None:
    assert filters_by_coverage(cube, 2)[1] == []
    covered, uncovered = filters_by_coverage(cube, 3)
    assert len(covered) > len(uncovered) > 0
