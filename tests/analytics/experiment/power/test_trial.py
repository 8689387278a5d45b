import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_proportions_2indep_onetail

from analytics.experiment.power.rule import Rule
from analytics.experiment.power.trial import Baseline, Trial, needed_drift, restricted
from analytics.experiment.score import score_p_value
from analytics.experiment.statistic import Proportion
from semantic.experiment import Method

FIXED, ONE_SIDED = Rule("fixed"), Rule("fixed", alternative="greater")
METHODS: tuple[Method, ...] = ("fixed", "group_sequential", "sequential")


def size_of(trial: Trial, lift: float, power: float = 0.8) -> int:
    found = trial.sample_size(lift, power)
    assert found is not None
    return found


@pytest.mark.parametrize("alternative", ["two-sided", "greater"])
@pytest.mark.parametrize(("n", "lift"), [(6, 0.5), (20, 0.1), (100, 0.1), (1_000, 0.03), (40_000, 0.004)])
def test_means_have_the_power_of_statsmodels(n: int, lift: float, alternative) -> None:
    trial = Trial(Baseline(10.0, 4.0), Rule("fixed", alternative=alternative))
    direction = {"two-sided": "two-sided", "greater": "larger"}[alternative]
    expected = TTestIndPower().power(10 * lift / 2, n / 2, 0.05, alternative=direction)
    assert trial.power(n, lift) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(("p", "lift"), [(0.1, 0.1), (0.5, 0.02), (0.02, 0.2)])
def test_rates_have_the_power_of_statsmodels(p: float, lift: float) -> None:
    expected = power_proportions_2indep(p * lift, p, 20_000, return_results=False)
    assert Trial(Baseline.of_rate(p), FIXED).power(40_000, lift) == pytest.approx(expected, abs=2e-4)


def test_sizes_of_rates_are_those_of_statsmodels() -> None:
    expected = 2 * samplesize_proportions_2indep_onetail(0.01, 0.1, 0.8, alpha=0.05)
    assert Trial(Baseline.of_rate(0.1), FIXED).sample_size(0.1) == pytest.approx(expected, rel=1e-3)


def test_a_published_size_is_found_again() -> None:
    """Fleiss, Levin, Paik (2003), Statistical methods for rates and proportions, table A.4: .25 against .40, 80 %."""
    assert Trial(Baseline.of_rate(0.25), FIXED).sample_size(0.6) / 2 == pytest.approx(152, abs=1)


def test_means_of_large_samples_are_normal() -> None:
    trial = Trial(Baseline(10.0, 4.0), FIXED)
    expected = NormalIndPower().power(10 * 5e-4 / 2, 2e6, 0.05)
    assert trial.power(4e6, 5e-4) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("p", "lift", "n"), [(0.3, 0.8, 40), (0.5, 0.5, 60), (0.1, 1.5, 120)])
def test_small_rates_are_near_what_all_tables_sum_up_to(p: float, lift: float, n: int) -> None:
    counts = np.arange(n + 1)
    treatment, control = Proportion.of(counts[:, None], n), Proportion.of(counts, n)
    chance = binom.pmf(counts, n, p * (1 + lift))[:, None] * binom.pmf(counts, n, p)
    exact = float((chance * (score_p_value(treatment, control) < 0.05)).sum())
    assert Trial(Baseline.of_rate(p), FIXED).power(2 * n, lift) == pytest.approx(exact, abs=0.025)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("alternative", ["two-sided", "greater"])
def test_nothing_is_shown_as_often_as_the_level_allows(method, alternative) -> None:
    power = Trial(Baseline.of_rate(0.2), Rule(method, alternative=alternative)).power(100_000, 0.0)
    assert power <= 0.0501
    assert method == "sequential" or power == pytest.approx(0.05, abs=1e-4)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("baseline", [Baseline.of_rate(0.12), Baseline(40.0, 900.0), Baseline(0.12, 0.3, is_rate=True)])
@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.1, 0.9)])
def test_size_and_detectable_lift_are_inverses_of_power(method, baseline: Baseline, shares) -> None:
    trial = Trial(baseline, Rule(method), shares)
    n = size_of(trial, 0.05, 0.9)
    assert trial.power(n, 0.05) >= 0.9 - 1e-9 > trial.power(n * 0.99, 0.05)
    assert trial.detectable(n, 0.9) == pytest.approx(0.05, rel=1e-3)


@given(st.floats(0.005, 0.6), st.floats(0.01, 0.5), st.floats(0.55, 0.97), st.sampled_from(["greater", "two-sided"]))
def test_more_units_more_lift_and_less_power_go_one_way(p: float, lift: float, power: float, alternative) -> None:
    trial = Trial(Baseline.of_rate(p), Rule("fixed", alternative=alternative))
    n = size_of(trial, lift, power)
    assert size_of(trial, lift * 1.2, power) <= n <= size_of(trial, lift, min(power + 0.02, 0.99))
    assert trial.power(n, lift) <= trial.power(1.3 * n, lift) + 1e-12
    assert trial.detectable(n, power) >= trial.detectable(2 * n, power)


def test_looking_often_costs_units_and_stops_earlier() -> None:
    sizes = {method: size_of(Trial(Baseline.of_rate(0.1), Rule(method)), 0.05) for method in METHODS}
    assert sizes["fixed"] < sizes["group_sequential"] < 1.1 * sizes["fixed"] < sizes["sequential"]
    sequence = Trial(Baseline.of_rate(0.1), Rule("sequential"))
    assert float(sequence.stopping(sizes["sequential"], 0.05).expected_time) < 0.75


def test_the_inflation_of_obrien_and_fleming_is_that_published() -> None:
    """Jennison and Turnbull (2000), table 2.4: five looks, 5 %, power .8, nearly this boundary."""
    ratio = (needed_drift(Rule("group_sequential", n_looks=5), 0.8) / needed_drift(FIXED, 0.8)) ** 2
    assert ratio == pytest.approx(1.028, abs=0.005)


def test_a_loss_is_ruled_out_with_the_units_that_show_a_gain_of_its_size() -> None:
    gain = Trial(Baseline(10.0, 4.0), ONE_SIDED).sample_size(0.02)
    guardrail = Trial(Baseline(10.0, 4.0), ONE_SIDED, null=-0.02).sample_size(0.0)
    assert guardrail == pytest.approx(gain, rel=0.03)


def test_the_smallest_loss_ruled_out_is_the_one_that_takes_as_many_units() -> None:
    guardrail = Trial(Baseline.of_rate(0.1), ONE_SIDED, null=-0.02)
    assert guardrail.excludable(size_of(guardrail, 0.0)) == pytest.approx(0.02, rel=1e-3)
    assert guardrail.excludable(5) is None


def test_a_smallest_lift_worth_having_costs_units() -> None:
    wanted = Trial(Baseline.of_rate(0.1), ONE_SIDED, null=0.01)
    assert wanted.sample_size(0.03) > 2 * Trial(Baseline.of_rate(0.1), ONE_SIDED).sample_size(0.03)
    assert wanted.sample_size(0.005) is None
    assert wanted.detectable(size_of(wanted, 0.03)) == pytest.approx(0.03, rel=1e-3)


def test_falls_are_shown_as_lifts_are() -> None:
    falls = Trial(Baseline(10.0, 4.0), Rule("fixed", alternative="less"))
    assert falls.sample_size(-0.02) == Trial(Baseline(10.0, 4.0), ONE_SIDED).sample_size(0.02)
    assert falls.detectable(10_000) < 0
    assert falls.sample_size(0.02) is None


def test_clustered_rates_need_as_many_more_users_as_their_design_effect() -> None:
    plain, clustered = Baseline.of_rate(0.1), Baseline(0.1, 1.7 * 0.09, is_rate=True)
    sizes = [size_of(Trial(base, FIXED), 0.1) for base in (clustered, plain)]
    assert sizes[0] / sizes[1] == pytest.approx(1.7, rel=1e-3)


def test_few_clusters_of_unequal_weight_have_less_power() -> None:
    equal, unequal = (Trial(Baseline(10.0, 4.0, weight=weight), FIXED) for weight in (1.0, 0.4))
    assert unequal.power(30, 0.15) < equal.power(30, 0.15)


def test_information_grows_with_units_and_with_the_square_of_the_lift() -> None:
    trial = Trial(Baseline(10.0, 4.0), FIXED)
    assert trial.information(2_000, 0.02) == pytest.approx(2 * trial.information(1_000, 0.02))
    assert trial.information(1_000, 0.04) == pytest.approx(4 * trial.information(1_000, 0.02))


def test_what_cannot_be_shown_is_none() -> None:
    trial = Trial(Baseline.of_rate(0.5), FIXED)
    assert trial.sample_size(0.0) is None
    assert trial.detectable(5) is None
    assert Trial(Baseline.of_rate(0.9), FIXED).detectable(12) is None


def test_restricted_rates_have_the_ratio_and_are_likeliest() -> None:
    p1, p2 = restricted((0.3, 0.2), (0.4, 0.6), 1.2)
    grid = np.linspace(1e-3, 0.8, 200_001)
    likelihood = 0.4 * (0.3 * np.log(1.2 * grid) + 0.7 * np.log1p(-1.2 * grid))
    likelihood += 0.6 * (0.2 * np.log(grid) + 0.8 * np.log1p(-grid))
    assert p1 / p2 == pytest.approx(1.2)
    assert p2 == pytest.approx(grid[likelihood.argmax()], abs=1e-5)
