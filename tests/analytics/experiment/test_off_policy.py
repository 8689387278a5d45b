import numpy as np
import pytest

from analytics.experiment.off_policy import (
    LoggedSums,
    always,
    clustered,
    clustering_of,
    doubly_robust,
    effective_sessions,
    inverse_weighted,
    self_normalised,
    switched,
)
from analytics.experiment.statistic import Point
from tests.analytics.experiment.logged import N_CELLS, Log, draw_log, truth_of

LOG = draw_log(7, 400)
SUMS = LOG.sums()
ESTIMATORS = [inverse_weighted, self_normalised, doubly_robust]
MIXED = np.array([[0.3, 1.0, 0.5], [0.7, 0.0, 0.5]])


def chance_of(policy: np.ndarray, log: Log = LOG) -> np.ndarray:
    """Return the probability with which a policy shows what each session was shown."""
    return policy[log.variant, log.cell]


def test_weighting_is_the_mean_over_sessions() -> None:
    z = chance_of(MIXED) / LOG.propensity * LOG.outcome
    found = inverse_weighted(SUMS, MIXED)
    assert float(found.value) == pytest.approx(z.mean())
    assert float(found.variance) == pytest.approx(z.var(ddof=1) / len(z))


def test_self_normalised_weighting_is_the_weighted_mean() -> None:
    w = chance_of(MIXED) / LOG.propensity
    value = np.average(LOG.outcome, weights=w)
    found = self_normalised(SUMS, MIXED)
    assert float(found.value) == pytest.approx(value)
    expected = ((w * (LOG.outcome - value)) ** 2).sum() / w.sum() ** 2 * len(w) / (len(w) - 1)
    assert float(found.variance) == pytest.approx(expected)


def test_the_doubly_robust_value_is_the_mean_over_sessions() -> None:
    m = SUMS.total / SUMS.n
    w = chance_of(MIXED) / LOG.propensity
    z = (MIXED * m).sum(axis=0)[LOG.cell] + w * (LOG.outcome - m[LOG.variant, LOG.cell])
    found = doubly_robust(SUMS, MIXED)
    assert float(found.value) == pytest.approx(z.mean())
    assert float(found.variance) == pytest.approx(z.var(ddof=1) / len(z), rel=0.03)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_gain_is_the_difference_of_two_values(estimator) -> None:
    new, old = always(1, SUMS), always(0, SUMS)
    gain = estimator(SUMS, new, old)
    assert float(gain.value) == pytest.approx(float(estimator(SUMS, new).value - estimator(SUMS, old).value))
    assert float(gain.variance) > 0
    assert float(estimator(SUMS, new, new).variance) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_what_both_policies_do_is_not_in_their_difference(estimator) -> None:
    old, policy = always(0, SUMS), switched((0, 1), np.array([True, False, False]), SUMS)
    apart = estimator(SUMS, policy).variance + estimator(SUMS, old).variance
    assert float(estimator(SUMS, policy, old).variance) < float(apart)


def test_a_fixed_split_gives_the_plain_means() -> None:
    rng = np.random.default_rng(1)
    variant, outcome = rng.integers(0, 2, 500), rng.integers(0, 2, 500).astype(float)
    log = Log(np.arange(500), np.zeros(500, int), variant, np.full(500, 0.5), outcome)
    found = self_normalised(log.sums(), always(1, log.sums()))
    assert float(found.value) == pytest.approx(outcome[variant == 1].mean())


def test_the_doubly_robust_value_does_not_need_the_probabilities_where_cells_tell_all() -> None:
    wrong = draw_log(3, 20_000, shift=0.1, pull=0.0).sums()
    new, truth = always(1, wrong), truth_of(always(1, wrong))
    robust, plain = (float(estimator(wrong, new).value) for estimator in (doubly_robust, inverse_weighted))
    assert abs(robust - truth) < 0.01 < 0.03 < abs(plain - truth)


def test_users_who_come_back_make_intervals_wider() -> None:
    log = draw_log(5, 2_000, is_sticky=True)
    clustering = clustering_of(log.sums(), log.users())
    assert (clustering.design_effect >= 1).all()
    assert (clustering.plain_design_effect > 1.3).all()
    assert (clustering.n_effective < [effective_sessions(log.sums(), always(v, log.sums())) for v in (0, 1)]).all()


def test_single_sessions_have_no_design_effect() -> None:
    log = draw_log(5, 2_000)
    alone = Log(np.arange(len(log.user)), log.cell, log.variant, log.propensity, log.outcome)
    found = clustering_of(alone.sums(), alone.users())
    assert found.design_effect == pytest.approx([1, 1], abs=0.01)
    assert found.plain_design_effect == pytest.approx([1, 1], abs=0.01)


def test_the_worst_variant_that_is_used_counts() -> None:
    clustering = clustering_of(SUMS, LOG.users())
    point = Point(np.asarray(0.3), np.asarray(0.01), np.asarray(900.0))
    both = clustered(point, MIXED, clustering)
    assert float(both.variance) == pytest.approx(0.01 * clustering.design_effect.max())
    assert float(both.n) == clustering.n_effective.min()
    assert float(clustered(point, always(1, SUMS), clustering).n) == clustering.n_effective[1]


def test_weights_add_up_to_all_sessions_only_where_probabilities_are_right() -> None:
    for shift, is_right in ((0.0, True), (-0.04, False)):
        log = draw_log(11, 4_000, shift=shift)
        balance = clustering_of(log.sums(), log.users()).balance
        assert bool((abs(balance.value - 1) < 3 * np.sqrt(balance.variance)).all()) == is_right


def test_one_user_has_no_variance() -> None:
    log = Log(np.zeros(2, int), np.zeros(2, int), np.zeros(2, int), np.full(2, 0.5), np.array([0.0, 1.0]))
    assert not np.isfinite(clustering_of(log.sums(), log.users()).balance.variance[0])


def test_a_log_of_nothing_has_no_value() -> None:
    nothing = LoggedSums(*[np.zeros((2, N_CELLS))] * 7)
    assert np.isnan([float(estimator(nothing, always(1, nothing)).value) for estimator in ESTIMATORS]).all()
    assert effective_sessions(nothing, always(1, nothing)) == 0.0
