import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.experiment.bayes import NormalPrior, RatePrior, compare_effects, compare_rates
from analytics.experiment.beta import difference_below, ratio_below
from analytics.experiment.effect import Effect
from analytics.experiment.statistic import Proportion


def normal(value: float, error: float) -> Effect:
    return Effect(np.array(value), np.array(error), np.array(np.inf))


@pytest.mark.parametrize(
    "counts", [(11, 201, 31, 447), (0, 10, 0, 20), (10, 10, 0, 20), (17_264, 145_310, 17_489, 145_274)]
)
def test_the_ends_of_the_intervals_are_quantiles(counts: tuple[int, int, int, int]) -> None:
    one, two = Proportion.of(*counts[:2]), Proportion.of(*counts[2:])
    posterior, betas = compare_rates(one, two, confidence=0.9), [RatePrior().posterior(p) for p in (one, two)]
    for end, level in ((posterior.difference.low, 0.05), (posterior.difference.high, 0.95)):
        assert float(difference_below(np.atleast_1d(end), *betas)[0]) == pytest.approx(level, abs=1e-9)
    for end, level in ((posterior.lift.low, 0.05), (posterior.lift.high, 0.95)):
        assert float(ratio_below(np.atleast_1d(1 + end), *betas)[0]) == pytest.approx(level, abs=1e-9)


def test_draws_agree_with_all_figures() -> None:
    """Two million draws: the Monte-Carlo error is 0.0004 of a chance."""
    posterior = compare_rates(Proportion.of(11, 201), Proportion.of(31, 447), RatePrior(2, 30))
    rng = np.random.default_rng(1)
    one, two = rng.beta(13, 220, 2_000_000), rng.beta(33, 446, 2_000_000)
    assert float(posterior.chance_to_beat) == pytest.approx((one > two).mean(), abs=0.002)
    assert float(posterior.loss_of_treatment) == pytest.approx(np.maximum(two - one, 0).mean(), rel=0.01)
    assert float(posterior.loss_of_control) == pytest.approx(np.maximum(one - two, 0).mean(), rel=0.01)
    assert float(posterior.lift.value) == pytest.approx((one / two - 1).mean(), abs=0.002)
    assert float(posterior.difference.low) == pytest.approx(np.quantile(one - two, 0.025), abs=2e-4)
    assert float(posterior.lift.high) == pytest.approx(np.quantile(one / two - 1, 0.975), abs=0.01)


@given(st.integers(1, 3_000), st.integers(1, 3_000), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=15)
def test_variants_that_change_places_change_signs(n1: int, n2: int, rate1: float, rate2: float) -> None:
    one, two = Proportion.of(round(n1 * rate1), n1), Proportion.of(round(n2 * rate2), n2)
    forth, back = compare_rates(one, two), compare_rates(two, one)
    assert float(forth.chance_to_beat + back.chance_to_beat) == pytest.approx(1, abs=1e-9)
    assert float(forth.loss_of_treatment) == pytest.approx(float(back.loss_of_control), rel=1e-8, abs=1e-14)
    assert float(forth.difference.low) == pytest.approx(-float(back.difference.high), abs=1e-8)


def test_losses_differ_by_the_difference() -> None:
    posterior = compare_rates(Proportion.of(11, 201), Proportion.of(31, 447))
    gap = float(posterior.loss_of_control - posterior.loss_of_treatment)
    assert gap == pytest.approx(float(posterior.difference.value))


def test_many_segments_are_answered_at_once_in_their_shape() -> None:
    n = np.array([[100, 200], [300, 400]])
    many = compare_rates(Proportion.of([[10, 20], [30, 40]], n), Proportion.of(15, 200))
    single = compare_rates(Proportion.of(30, 300), Proportion.of(15, 200))
    assert many.chance_to_beat.shape == many.difference.low.shape == many.lift.high.shape == (2, 2)
    assert float(many.lift.high[1, 0]) == pytest.approx(float(single.lift.high), rel=1e-9)


def test_a_strong_prior_outweighs_few_data() -> None:
    weak, strong = (
        compare_rates(Proportion.of(5, 20), Proportion.of(1, 20), prior).chance_to_beat
        for prior in (RatePrior(), RatePrior(1_000, 9_000))
    )
    assert strong < 0.6 < 0.9 < weak


def test_a_flat_prior_leaves_a_normal_effect_as_it_is() -> None:
    posterior = compare_effects(normal(0.3, 0.2))
    assert float(posterior.chance_to_beat) == pytest.approx(stats.norm.cdf(1.5))
    assert float(posterior.difference.low) == pytest.approx(0.3 - 1.959963984540054 * 0.2)


def test_a_normal_prior_is_weighed_by_precision() -> None:
    posterior = compare_effects(normal(1.0, 0.5), NormalPrior(-1.0, 0.5))
    assert float(posterior.difference.value) == pytest.approx(0)
    assert float(posterior.chance_to_beat) == pytest.approx(0.5)


@pytest.mark.parametrize("z", [-30.0, -3.0, 0.0, 0.5, 9.0, 36.0])
def test_losses_of_a_normal_effect_are_integrals_of_tails(z: float) -> None:
    posterior = compare_effects(normal(z, 1.0))
    t = np.linspace(z, z + 14, 400_001) if z > 0 else np.linspace(z, 14, 400_001)
    assert float(posterior.loss_of_treatment) == pytest.approx(np.trapezoid(stats.norm.sf(t), t), rel=1e-6)


def test_an_effect_without_error_is_not_known() -> None:
    posterior = compare_effects(normal(0.0, 0.0))
    assert np.isnan([posterior.chance_to_beat, posterior.difference.low]).all()
