import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from model import cells
from model.cells import CellTable, make_cells
from model.trained import Sigmoid
from tests.model.trained_tasks import booster_of, cells_of, random_rows, task_of


def test_the_table_equals_the_trees_through_numpy_and_frame() -> None:
    plain = replace(task_of(), sigmoid=Sigmoid())
    table, rows = make_cells(plain, booster_of()), random_rows(plain.features, 5_000)
    names = [feature.name for feature in plain.features]
    found = 1 / (1 + np.exp(-table.explain(rows).log_odds))
    assert np.abs(found - booster_of().predict(rows)).max() < 1e-9
    assert np.abs(found - booster_of().predict(pd.DataFrame(rows, columns=names))).max() < 1e-9


def test_contributions_equal_those_of_the_trees_behind_the_sigmoid() -> None:
    rows = random_rows(task_of().features, 2_000)
    expected = booster_of().predict(rows, pred_contrib=True) * task_of().sigmoid.slope
    found = cells_of().explain(rows)
    assert np.abs(found.contributions - expected[:, :-1]).max() < 1e-9
    assert found.base_log_odds == pytest.approx(expected[0, -1] + task_of().sigmoid.intercept, abs=1e-9)


def test_contributions_and_base_add_up_to_the_log_odds() -> None:
    table = cells_of()
    assert np.abs(table.contributions.sum(axis=1) + table.base_log_odds - table.log_odds).max() < 1e-9


def test_one_row_is_explained_as_among_others() -> None:
    rows = random_rows(task_of().features, 50)
    for row in rows:
        log_odds, contributions, base = cells_of().explain_one(row.tolist())
        assert [log_odds, *contributions, base] == [x for part in cells_of().explain(row[None]) for x in np.ravel(part)]


def test_a_table_comes_back_from_its_bytes() -> None:
    data = cells_of().to_bytes()
    found = CellTable.from_bytes(data)
    assert found.to_bytes() == data
    assert np.array_equal(found.log_odds, cells_of().log_odds)
    assert found.bins.sizes == cells_of().bins.sizes


def test_a_table_made_twice_has_equal_bytes() -> None:
    assert make_cells(task_of(), booster_of()).to_bytes() == cells_of().to_bytes()


def test_an_object_in_the_bytes_is_not_opened() -> None:
    file = io.BytesIO()
    np.savez(file, log_odds=np.array([{"a": 1}], dtype=object))
    with pytest.raises((ValueError, KeyError)):
        CellTable.from_bytes(file.getvalue())


def test_a_table_of_another_shape_is_refused() -> None:
    wrong = replace(cells_of(), log_odds=cells_of().log_odds[:-1])
    with pytest.raises(ValueError, match="shape"):
        CellTable.from_bytes(wrong.to_bytes())


def test_a_table_that_would_be_too_large_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_BYTES", 1_000)
    assert make_cells(task_of(), booster_of()) is None


def test_where_only_the_base_rate_is_predicted_there_is_no_table() -> None:
    assert make_cells(task_of(is_withheld=True), None) is None
