from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from model.examples import Examples, Feature
from model.signal.effects import find_effects, scores_of
from model.signal.rows import rows_of
from tests.model.planted import planted

PLACE = Feature("place", "Place", "category", ("a", "b", "c"))


def drawn(n: int, seed: int) -> Examples:
    random = np.random.default_rng(seed)
    x = np.column_stack([random.integers(3, size=n), random.integers(2, size=n)]).astype(float)
    other = Feature("device", "Device", "category", ("d", "e"))
    return Examples((PLACE, other), x, (random.random(n) < 0.3).astype(float), np.ones(n), np.arange(n))


def test_one_category_of_single_sessions_is_the_chi_squared_test_of_its_table() -> None:
    rows = rows_of(drawn(5000, 1).without("device"))
    scores = scores_of(rows, rows.examples.x.astype(np.int64), [3])
    found = scores.quadratic(scores.whitening())
    expected = chi2_contingency(np.histogram2d(rows.examples.x[:, 0], rows.examples.y, bins=(3, 2))[0])
    variance = rows.rate * (1 - rows.rate)
    assert found.value == pytest.approx(variance * expected.statistic * 5000)
    assert found.p_value == pytest.approx(expected.pvalue, rel=0.02)
    assert found.spread == pytest.approx(1 / (5000 * variance), rel=0.02)


def test_an_effect_of_a_pair_alone_is_seen() -> None:
    examples = drawn(20_000, 2)
    is_alike = (examples.x[:, 0] > 0) == (examples.x[:, 1] > 0)
    chance = 0.3 + 0.03 * np.where(is_alike, 1, -1) * np.where(examples.x[:, 0] > 0, 1, 2)
    y = (np.random.default_rng(3).random(20_000) < chance).astype(float)
    assert find_effects(replace(examples, y=y)).p_value < 1e-6


def test_cells_say_what_single_sessions_say() -> None:
    examples = planted(4000).arrival
    single = replace(examples, user=np.arange(4000))
    assert find_effects(examples.gathered()).p_value == pytest.approx(find_effects(single).p_value, rel=1e-6)


def test_the_order_of_the_rows_says_nothing() -> None:
    examples = planted(3000).arrival
    mixed = examples.rows(np.random.default_rng(1).permutation(3000))
    assert find_effects(mixed).p_value == pytest.approx(find_effects(examples).p_value, rel=1e-9)


def test_users_who_come_often_are_no_evidence() -> None:
    times = np.where(np.arange(200) < 3, 300, 1)
    often = [drawn(200, seed).rows(np.repeat(np.arange(200), times)) for seed in range(40)]
    tables = [np.histogram2d(each.x[:, 0], each.y, bins=(3, 2))[0] for each in often]
    assert np.mean([chi2_contingency(table).pvalue < 0.05 for table in tables]) > 0.8
    assert np.mean([find_effects(each).p_value < 0.05 for each in often]) < 0.15


def test_features_that_do_not_vary_have_no_effect() -> None:
    examples = drawn(100, 5)
    found = find_effects(replace(examples, x=np.zeros((100, 2))))
    assert (found.p_value, found.main) == (1.0, None)
