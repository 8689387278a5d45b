import numpy as np
import pytest

from config import Config
from model.examples import Floats
from model.reading import features_of
from model.reading.aggregated import _cells_by_sql
from model.reading.indexed import Coded, counted, indexed_cells
from model.task import ARRIVAL
from semantic.store import Store
from tests.etl.project import ROWS, Project
from tests.model.reading.loaded import loaded_rows, store_of


def ordered(cells: Floats | None) -> Floats:
    assert cells is not None
    return cells[np.lexsort(np.nan_to_num(cells, nan=-1).T)]


def both_ways(store: Store, config: Config) -> tuple[Floats, Floats]:
    with store.reading() as (connection, snapshot):
        features = features_of(config, snapshot, ARRIVAL)
        by_index = indexed_cells(store, connection, snapshot, features)
        return ordered(by_index), ordered(_cells_by_sql(connection, snapshot, config, features))


def test_the_row_index_counts_what_sql_counts(sqlite: tuple[Store, Config]) -> None:
    by_index, by_sql = both_ways(*sqlite)
    np.testing.assert_array_equal(by_index, by_sql)


def test_what_is_missing_is_counted_too(project: Project) -> None:
    by_index, by_sql = both_ways(*loaded_rows(project, [*ROWS, "New,1,s5,u5,2026-07-02 10:00:00,,,5,1"]))
    np.testing.assert_array_equal(by_index, by_sql)
    assert np.isnan(by_index).sum() == 3


def test_a_version_that_was_appended_to_is_counted_the_same_way(project: Project) -> None:
    project.load([*ROWS])
    project.append(["Old,1,s9,u9,2026-07-03 10:00:00,Delhi,30,5,1"])
    by_index, by_sql = both_ways(store_of(project.config), project.config)
    np.testing.assert_array_equal(by_index, by_sql)
    assert by_index[:, 0].sum() == 5


OUTCOME = Coded(np.array([0, 1, 1, 0]), np.array([0.0, 1]), np.array([True, True]))


def test_codes_that_are_not_one_value_are_not_counted() -> None:
    coarse = Coded(np.array([0, 1, 1, 2]), np.array([1.0, 2, np.nan]), np.array([True, False, True]))
    assert counted(OUTCOME, [coarse]) is None
    exact = coarse._replace(is_exact=np.ones(3, dtype=bool))
    np.testing.assert_array_equal(counted(OUTCOME, [exact]), [[1, 0, 1], [2, 2, 2], [1, 0, np.nan]])


def test_codes_that_no_session_has_need_not_be_exact() -> None:
    coarse = Coded(np.array([0, 2, 2, 2]), np.array([1.0, 2, np.nan]), np.array([True, False, True]))
    np.testing.assert_array_equal(counted(OUTCOME, [coarse]), [[1, 0, 1], [3, 2, np.nan]])


def test_too_many_cells_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.reading.indexed._MOST_CELLS", 3)
    assert counted(OUTCOME, [OUTCOME]) is None


def test_many_sessions_are_counted_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.reading.indexed._PORTION", 3)
    np.testing.assert_array_equal(counted(OUTCOME, [OUTCOME]), [[2, 0, 0], [2, 2, 1]])
