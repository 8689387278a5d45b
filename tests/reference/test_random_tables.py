"""Ten thousand random tables at once: scipy and statsmodels as oracles."""

import numpy as np
import pytest
from scipy.stats import hypergeom, norm, ttest_ind_from_stats
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.proportion import test_proportions_2indep as independence_test

from analytics.experiment.effect import difference_of, pooled_difference
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.score import score_difference, score_lift, score_p_value
from analytics.experiment.statistic import Moments, Point, Proportion, mean_of

N_TABLES = 10_000
Tables = tuple[Proportion, Proportion]


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Return variants of 10 to 20,000 units with rates from 0.1 to 90 % that differ by up to a half."""
    rng = np.random.default_rng(11)
    n = np.exp(rng.uniform(np.log(10), np.log(20_000), (2, N_TABLES))).astype(int)
    rate = np.exp(rng.uniform(np.log(0.001), np.log(0.6), N_TABLES))
    x = rng.binomial(n, [rate, rate * rng.uniform(0.5, 1.5, N_TABLES)])
    return Proportion.of(x[0], n[0]), Proportion.of(x[1], n[1])


def rows_of(tables: Tables) -> np.ndarray:
    one, two = tables
    return np.stack([one.n_converted, one.n, two.n_converted, two.n], axis=1)


def test_exact_tests_are_those_of_scipy(tables: Tables) -> None:
    x1, n1, x2, n2 = rows_of(tables).T
    upper, lower = hypergeom.sf(x1 - 1, n1 + n2, n1, x1 + x2), hypergeom.cdf(x1, n1 + n2, n1, x1 + x2)
    expected = np.minimum(2 * np.minimum(upper, lower), 1)
    np.testing.assert_allclose(fisher_exact(*tables), expected, rtol=2e-8, atol=1e-290)


def test_z_tests_are_those_of_statsmodels(tables: Tables) -> None:
    pooled = pooled_difference(tables[0].point, tables[1].point).p_value()
    unpooled = difference_of(tables[0].point, tables[1].point).as_normal.p_value()
    score = score_p_value(*tables)
    for place, counts in enumerate(rows_of(tables).tolist()):
        if 0 < counts[0] < counts[1] and 0 < counts[2] < counts[3]:
            theirs = proportions_ztest([counts[0], counts[2]], [counts[1], counts[3]])[1]
            assert pooled[place] == pytest.approx(theirs, rel=1e-8, abs=1e-300)
            wald = independence_test(*counts, method="wald", compare="diff").pvalue
            assert unpooled[place] == pytest.approx(wald, rel=1e-8, abs=1e-300)
            theirs = independence_test(*counts, method="score", compare="diff").pvalue
            assert score[place] == pytest.approx(theirs, rel=1e-8, abs=1e-300)


def test_welchs_tests_are_those_of_scipy() -> None:
    rng = np.random.default_rng(12)
    n, mean = rng.integers(2, 3_000, (2, N_TABLES)), rng.normal(3, 1, (2, N_TABLES))
    spread = rng.gamma(2, 1, (2, N_TABLES)) + 0.1
    moments = Moments.of(n, [n * mean], [(n - 1) * spread**2 + n * mean**2])
    point = mean_of(moments)
    ours = difference_of(*(Point(point.value[k], point.variance[k], point.n[k]) for k in (0, 1)))
    theirs = ttest_ind_from_stats(mean[0], spread[0], n[0], mean[1], spread[1], n[1], equal_var=False)
    np.testing.assert_allclose(ours.statistic, theirs.statistic, rtol=1e-8)
    np.testing.assert_allclose(ours.p_value(), theirs.pvalue, rtol=1e-7, atol=1e-290)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.999])
def test_interval_of_difference_and_lift_and_p_value_say_the_same(tables: Tables, confidence: float) -> None:
    critical, p = norm.isf((1 - confidence) / 2), score_p_value(*tables)
    difference, lift = score_difference(*tables, critical), score_lift(*tables, critical)
    assert (difference.excludes_zero == (p < 1 - confidence)).all()
    assert (lift.excludes_zero == (p < 1 - confidence)).all()
