import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.effect import Alternative
from analytics.experiment.plan import Plan
from analytics.experiment.spending import ALPHAS, planned_boundaries
from semantic.experiment import Method

METHODS, ALTERNATIVES = ("sequential", "fixed", "group_sequential"), ("two-sided", "greater", "less")
N = np.array([4_000.0])


@given(
    st.sampled_from(METHODS), st.sampled_from(ALTERNATIVES), st.floats(0.5, 0.999), st.floats(-6, 6), st.integers(1, 4)
)
def test_a_statistic_beyond_the_critical_value_has_a_p_value_below_the_level(
    method: Method, alternative: Alternative, confidence: float, z: float, n_comparisons: int
) -> None:
    plan = Plan(method, confidence, alternative, n_planned=10_000, n_comparisons=n_comparisons)
    critical, p = float(plan.critical(N, N)[0]), float(plan.p_value(np.array([z]), N, N)[0])
    size = {"two-sided": abs(z), "greater": z, "less": -z}[alternative]
    if abs(size - critical) > 1e-6:
        assert (p < 1 - confidence) == (size > critical)


def test_one_look_is_the_normal_quantile() -> None:
    assert float(Plan("fixed").critical(N, N)[0]) == pytest.approx(1.959963984540054)


def test_more_treatments_take_more_evidence() -> None:
    one, three = Plan("fixed"), Plan("fixed", n_comparisons=3)
    assert three.critical(N, N) > one.critical(N, N)
    assert float(three.p_value(np.array([2.5]), N, N)[0]) == pytest.approx(
        3 * float(one.p_value(np.array([2.5]), N, N)[0])
    )


def test_the_sequence_depends_on_nothing_that_is_seen() -> None:
    assert Plan(confidence=0.99).mixture == Plan().mixture
    assert Plan(n_planned=20_000).mixture != Plan().mixture


def test_before_the_first_planned_look_nothing_is_shown() -> None:
    plan = Plan("group_sequential", n_planned=10_000, n_looks=5)
    assert plan.n_over(1_999) == 0
    assert np.isinf(plan.critical(N / 4, N / 4)).all()


def test_until_the_next_planned_look_the_boundary_of_the_last_one_stays() -> None:
    plan = Plan("group_sequential", n_planned=10_000, n_looks=5)
    assert plan.n_over([4_500, 4_000, 25_000]).tolist() == [2, 2, 5]
    assert plan.critical(N, N)[0] == plan.critical(N, N * 1.1)[0] > plan.critical(N, N * 5)[0]


def test_a_part_of_the_experiment_is_looked_at_when_the_whole_is() -> None:
    plan = Plan("group_sequential", n_planned=10_000, n_looks=5, information=1.0)
    assert plan.n_over([10, np.nan]).tolist() == pytest.approx([5, np.nan], nan_ok=True)


def test_who_looks_every_day_between_planned_looks_is_rarely_wrong() -> None:
    rng, days = np.random.default_rng(5), np.arange(1, 101) / 100
    z = np.cumsum(rng.normal(size=(20_000, days.size)) / 10, axis=1) / np.sqrt(days)
    plan = Plan("group_sequential", n_planned=1_000, n_looks=5)
    critical = np.array([plan.critical(N, np.array([1_000 * day]))[0] for day in days])
    assert 0.05 < (np.abs(z) > critical).any(axis=1).mean() < 0.062


def test_boundaries_of_many_looks_are_worked_out_once() -> None:
    plan = Plan("group_sequential", n_planned=1_000, n_looks=40)
    units = np.linspace(0, 2_000, 500)
    planned_boundaries.cache_clear()
    critical = plan.critical(units, units)
    assert planned_boundaries.cache_info().misses == len(ALPHAS)
    assert (np.diff(critical[np.isfinite(critical)]) <= 0).all()
