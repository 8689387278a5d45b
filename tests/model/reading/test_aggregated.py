from dataclasses import replace

import numpy as np
import pytest

from config import Config
from model.examples import OTHER, Examples, Feature
from model.reading import read_cells, read_sample
from model.reading.aggregated import weighted
from semantic.store import Store
from tests.model.reading.loaded import N_SESSIONS


def same(first: Examples, second: Examples) -> bool:
    pairs = ((first.x, second.x), (first.y, second.y), (first.weight, second.weight))
    return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)


def test_cells_are_the_single_sessions_gathered(sqlite: tuple[Store, Config]) -> None:
    cells = read_cells(*sqlite)
    sample = read_sample(*sqlite).without("time_spent_s", "pages_viewed")
    assert (cells.n_sessions, cells.features) == (N_SESSIONS, sample.features)
    assert same(cells, sample.gathered())


def test_both_databases_give_the_same_cells(sqlite: tuple[Store, Config], mariadb: tuple[Store, Config]) -> None:
    first, second = read_cells(*sqlite), read_cells(*mariadb)
    assert first.features == second.features
    assert same(first, second)


def test_too_many_cells_are_those_of_the_sample(sqlite: tuple[Store, Config]) -> None:
    store, config = sqlite
    small = replace(config, model=config.model.model_copy(update={"max_sessions": 1_000}))
    cells = read_cells(store, small)
    assert (cells.n_sessions, cells.names) == (len(read_sample(store, small)), read_cells(store, config).names)


def test_rare_members_are_one_cell_by_index_and_by_sql(
    sqlite: tuple[Store, Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.reading.features.MOST_MEMBERS", 3)
    by_index = read_cells(*sqlite)
    monkeypatch.setattr("model.reading.aggregated.indexed_cells", lambda *_: None)
    assert by_index.features[3].members[-1] == OTHER
    assert same(by_index, read_cells(*sqlite))
    assert same(by_index, read_sample(*sqlite).without("time_spent_s", "pages_viewed").gathered())


def test_an_outcome_that_a_cell_does_not_have_is_no_row() -> None:
    found = weighted((Feature("age", "Age", "number"),), np.array([[5.0, 2, 30], [4, 0, 31], [3, 3, np.nan]]))
    assert found.y.tolist() == [0, 1, 0, 1]
    assert found.weight.tolist() == [3, 2, 4, 3]
