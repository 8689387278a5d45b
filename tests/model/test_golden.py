import lightgbm
import numpy as np
import orjson

from model.golden import N_ROWS, draw_rows, golden_file, is_golden
from tests.model.sample import AGE, DEVICE, sample_trees

FEATURES = (DEVICE, AGE)
BOOSTER = lightgbm.Booster(model_str=sample_trees(FEATURES))


def test_golden_rows_hold_for_the_trees_that_they_were_made_with_and_no_others() -> None:
    golden = golden_file(FEATURES, BOOSTER)
    assert is_golden(golden, lightgbm.Booster(model_str=sample_trees(FEATURES)))
    assert not is_golden(golden, lightgbm.Booster(model_str=sample_trees(FEATURES, seed=1)))


def test_rows_are_known_values_and_some_that_are_missing() -> None:
    rows = draw_rows(FEATURES)
    assert rows.shape == (N_ROWS, 2)
    assert set(rows[:, 0][~np.isnan(rows[:, 0])]) <= {0.0, 1.0, 2.0}
    assert np.nanmin(rows[:, 1]) >= AGE.low
    assert 0 < np.isnan(rows).sum() < rows.size / 2


def test_floats_are_written_exactly() -> None:
    plain = orjson.loads(golden_file(FEATURES, BOOSTER))
    rows = np.array(plain["rows"], dtype=float)
    assert BOOSTER.predict(rows, raw_score=True, num_threads=1).tolist() == plain["scores"]


def test_where_there_are_no_trees_there_is_nothing_to_compare() -> None:
    assert is_golden(golden_file(FEATURES, None), None)
