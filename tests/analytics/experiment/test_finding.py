import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.effect import Alternative, difference_of
from analytics.experiment.finding import Finding, compare, p_value_of
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.plan import Plan
from analytics.experiment.score import score_p_value
from analytics.experiment.statistic import Moments, Proportion
from semantic.experiment import Method

METHODS: tuple[Method, ...] = ("sequential", "fixed", "group_sequential")
ALTERNATIVES: tuple[Alternative, ...] = ("two-sided", "greater", "less")


def rates_of(*counts: tuple[int, int]) -> Arm:
    """Return arms of (conversions, users), one session each."""
    x, n = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    return arms_of(Moments.of(n, [x, n], [x, x, n]), n, is_rate=True)


def users_of(seed: int, n: int, most: int, *, is_rate: bool) -> Arm:
    """Return two arms of drawn users with up to so many sessions."""
    rng = np.random.default_rng(seed)
    sessions = rng.integers(1, most + 1, n)
    converted = rng.binomial(sessions, rng.beta(0.5, 2, n))
    values = np.stack([converted, sessions], axis=1).astype(float)
    moments = Moments.of_units(values, rng.permutation(n) % 2, 2)
    return arms_of(moments, moments.totals[..., 1], is_rate=is_rate)


def agrees(finding: Finding, confidence: float) -> bool:
    p = float(finding.p_value)
    if np.isnan(p) or abs(p - (1 - confidence)) < 1e-6:
        return True
    differs = p < 1 - confidence
    return bool(finding.difference.excludes_zero) == differs == bool(finding.lift.excludes_zero)


plans = st.builds(
    Plan,
    st.sampled_from(METHODS),
    st.floats(0.5, 0.999),
    st.sampled_from(ALTERNATIVES),
    st.sampled_from([40.0, 3_000.0]),
    st.integers(1, 6),
    st.integers(1, 3),
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 1_000))
    return draw(st.integers(0, n)), n


@given(counts(), counts(), plans)
def test_rates_never_contradict_themselves(one: tuple[int, int], two: tuple[int, int], plan: Plan) -> None:
    arms = rates_of(one, two)
    assert agrees(compare(arms[..., 0], arms[..., 1], plan), plan.confidence)


@given(st.integers(0, 10_000), st.integers(6, 80), st.integers(1, 6), st.booleans(), plans)
def test_users_with_many_sessions_never_contradict_themselves(
    seed: int, n: int, most: int, is_rate: bool, plan: Plan
) -> None:
    arms = users_of(seed, n, most, is_rate=is_rate)
    finding = compare(arms[..., 1], arms[..., 0], plan)
    exists = is_rate or arms.point.value[0] > 0
    assert not exists or agrees(finding, plan.confidence)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_large_counts_of_one_look_are_decided_by_the_score_test(alternative: Alternative) -> None:
    arms = rates_of((120, 1_000), (90, 1_000))
    finding = compare(arms[..., 0], arms[..., 1], Plan("fixed", alternative=alternative))
    expected = score_p_value(Proportion.of(120, 1_000), Proportion.of(90, 1_000), alternative)
    assert float(finding.p_value) == pytest.approx(float(expected), rel=1e-12)
    assert not finding.is_exact


def test_small_counts_of_one_look_are_decided_by_the_exact_test() -> None:
    arms = rates_of((6, 40), (0, 40))
    finding = compare(arms[..., 0], arms[..., 1], Plan("fixed"))
    assert finding.is_exact
    assert float(finding.p_value) == pytest.approx(float(fisher_exact(Proportion.of(6, 40), Proportion.of(0, 40))))


def test_means_are_decided_by_welch() -> None:
    rng = np.random.default_rng(5)
    moments = Moments.of_units(rng.gamma(2, 3, (30, 1)), np.arange(30) % 2, 2)
    arms = arms_of(moments, moments.n)
    finding = compare(arms[..., 1], arms[..., 0], Plan("fixed", 0.9))
    effect = difference_of(arms[..., 1].point, arms[..., 0].point)
    assert float(finding.p_value) == pytest.approx(float(effect.p_value()), rel=1e-9)
    assert float(finding.difference.low) == pytest.approx(float(effect.interval(0.9).low), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_one_sided_intervals_are_open_on_the_other_side(method: Method) -> None:
    arms = rates_of((300, 1_000), (100, 1_000))
    finding = compare(arms[..., 0], arms[..., 1], Plan(method, alternative="greater", n_planned=2_000))
    assert (float(finding.difference.high), float(finding.lift.high)) == (1, np.inf)
    assert finding.difference.low > 0


def test_few_users_take_more_evidence_than_many_sessions_seem_to_give() -> None:
    arms = users_of(1, 12, 30, is_rate=True)
    finding = compare(arms[..., 1], arms[..., 0], Plan("fixed"))
    assert finding.freedom < 12
    treatment, control = arms[..., 1].counts, arms[..., 0].counts
    assert treatment is not None
    assert control is not None
    assert float(finding.p_value) > float(score_p_value(treatment, control))


def test_nothing_is_said_of_no_units() -> None:
    arms = rates_of((0, 0), (5, 10))
    finding = compare(arms[..., 0], arms[..., 1], Plan())
    assert np.isnan([finding.p_value, finding.difference.low, finding.lift.high]).all()
    assert not finding.is_significant


def test_arrays_give_what_single_tables_give() -> None:
    arms = rates_of((5, 30), (90, 400), (2, 500), (80, 400))
    many = compare(arms[..., 1:], arms[..., :1], Plan("fixed"))
    single = [float(compare(arms[..., place], arms[..., 0], Plan("fixed")).p_value) for place in (1, 2, 3)]
    assert many.p_value.tolist() == pytest.approx(single, rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("is_rate", [True, False])
def test_the_p_value_alone_is_that_of_the_comparison(method: Method, is_rate: bool) -> None:
    arms, plan = users_of(3, 60, 4, is_rate=is_rate), Plan(method, n_planned=60.0)
    alone = p_value_of(arms[..., 0], arms[..., 1], plan)
    assert alone == pytest.approx(compare(arms[..., 0], arms[..., 1], plan).p_value)


@pytest.mark.parametrize("n", [4, 10, 20, 200])
@pytest.mark.parametrize("n_planned", [20_000.0, 1e6])
def test_the_first_users_of_a_large_plan_say_nothing_yet(n: int, n_planned: float) -> None:
    moments = Moments.of_units(np.random.default_rng(n).gamma(0.1, 30, (n, 1)), np.arange(n) % 2, 2)
    arms = arms_of(moments, moments.n)
    for alternative in ALTERNATIVES:
        finding = compare(arms[..., 1], arms[..., 0], Plan("sequential", 0.95, alternative, n_planned))
        assert float(finding.p_value) > 0.9
        assert finding.difference.low <= finding.difference.value <= finding.difference.high
        assert not finding.lift.excludes_zero


def test_a_lift_that_control_hardly_bounds_is_left_open() -> None:
    moments = Moments.of_units(np.array([[0.0], [0.0], [1.0], [0.0], [1.0], [0.0]]), np.arange(6) % 2, 2)
    arms = arms_of(moments, moments.n, is_rate=True)
    assert compare(arms[..., 1], arms[..., 0], Plan("sequential")).lift.high == np.inf
