import numpy as np
import pytest

from model.examples import Examples, Feature
from model.learners.encoding import for_forests, for_lines, one_hot, stored_size

DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop"))
AGE = Feature("age", "Age", "number")


def test_missing_is_a_level_of_its_own() -> None:
    _, encoder, places = one_hot([AGE, DEVICE])
    assert places == [1]
    assert encoder.fit_transform(np.array([[0.0], [1], [np.nan]])).tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_numbers_for_lines_are_scaled_splines_with_flags_of_what_is_missing() -> None:
    x = np.column_stack([np.r_[np.arange(99.0), np.nan], np.zeros(100)])
    found = for_lines([AGE, DEVICE]).fit_transform(x)
    splines, flags = found[:, 3:-1], found[:, -1]
    assert splines.mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert splines.std(axis=0) == pytest.approx(1)
    assert flags.tolist() == [0] * 99 + [1]


def test_an_empty_column_of_numbers_is_taken() -> None:
    x = np.column_stack([np.full(10, np.nan), np.zeros(10)])
    assert np.isfinite(for_lines([AGE, DEVICE]).fit_transform(x)).all()


def test_numbers_for_forests_stay_as_they_are(sessions: Examples) -> None:
    found = for_forests(sessions.features).fit_transform(sessions.x)
    assert found[:, -2:].tolist() == sessions.x[:, -2:].tolist()


def test_the_stored_size_grows_with_what_is_stored() -> None:
    assert stored_size(np.zeros(1000)) > stored_size(np.zeros(10)) > 80
