import numpy as np
import pytest

from model.examples import Examples, Feature
from model.sampling import some_users
from model.trees import TreeSettings
from model.tune import _mean_and_error, tune
from tests.model.planted import planted


def fold_of(examples: Examples) -> np.ndarray:
    return np.random.default_rng(4).integers(3, size=int(examples.user.max()) + 1)[examples.user]


def interacting(n: int) -> Examples:
    """Return sessions that convert by the product of four signs, which shallow trees cannot see."""
    random = np.random.default_rng(6)
    x = random.choice([-1.0, 1.0], size=(n, 4))
    x[:, 0] += 0.4 * x[:, 1]
    y = (random.random(n) < 0.5 + 0.4 * x[:, 1] * np.sign(x[:, 0]) * x[:, 2] * x[:, 3]).astype(np.float64)
    features = tuple(Feature(name, name, "number") for name in "abcd")
    return Examples(features, x, y, np.ones(n), np.arange(n))


def test_no_trials_leave_the_settings_as_they_are() -> None:
    examples = planted(500).arrival
    assert tune(examples, fold_of(examples), TreeSettings(), 0, 1) == TreeSettings()


def test_a_gain_beyond_chance_is_taken() -> None:
    examples, base = interacting(3_000), TreeSettings(trees=40, depth=1)
    found = tune(examples, fold_of(examples), base, 8, 1)
    assert found.depth > 1
    assert (found.trees, found.stop_after) == (base.trees, base.stop_after)


def test_settings_that_nothing_beats_beyond_chance_are_kept() -> None:
    examples = interacting(3_000)
    found = tune(examples, fold_of(examples), TreeSettings(trees=40, depth=1), 8, 1)
    assert tune(examples, fold_of(examples), found, 8, 1) == found


def test_equal_seeds_find_equal_settings() -> None:
    examples, base = interacting(2_000), TreeSettings(trees=30, depth=1)
    first, again = (tune(examples, fold_of(examples), base, 7, 3) for _ in range(2))
    assert first == again


def test_of_many_rows_some_users_are_searched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.tune.MOST_ROWS", 1_000)
    examples, base = interacting(3_000), TreeSettings(trees=30, depth=1)
    drawn = some_users(examples, 1_000, 3)
    few = tune(examples.rows(drawn), fold_of(examples)[drawn], base, 7, 3)
    assert tune(examples, fold_of(examples), base, 7, 3) == few


def test_the_error_of_a_mean_counts_users_not_rows() -> None:
    value, user = np.repeat([1.0, -1.0, 1.0, -1.0], 50), np.repeat(np.arange(4), 50)
    assert _mean_and_error(value, np.ones(200), user) == pytest.approx((0, 0.5))
    assert _mean_and_error(value, np.ones(200), np.arange(200)) == pytest.approx((0, 200**-0.5))
