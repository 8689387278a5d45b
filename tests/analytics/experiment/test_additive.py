import numpy as np
import pytest
from scipy import stats

from analytics.experiment.additive import Codes, Homogeneity, design_of, fit, log_effects
from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.effect import Effect
from analytics.experiment.interval import Floats
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.statistic import Moments, Proportion, mean_of

ONE_WAY = np.arange(6)[:, None]
TWO_WAY = np.array(list(np.ndindex(3, 6)))


def effects(value: Floats, error: Floats) -> Effect:
    return Effect(value, error, np.full(len(value), np.inf))


def arm(counts: Proportion) -> Arm:
    one = np.full_like(counts.n, np.inf)
    return Arm(counts.point, counts, one, counts.n, counts.n, one)


def drawn(codes: Codes, rate: float, seed: int) -> Effect:
    """Log effects of segments in which nothing differs, a fifth of the units in the treatment."""
    random = np.random.default_rng(seed)
    n = random.integers(50, 2_000, len(codes))
    treatment, control = (Proportion.of(random.binomial(part, rate), part) for part in (n // 5, n - n // 5))
    return log_effects(arm(treatment), arm(control))


def test_equal_effects_are_cochrans_q() -> None:
    y, s = np.array([0.1, 0.3, -0.2]), np.array([0.1, 0.2, 0.15])
    mean = np.average(y, weights=s**-2)
    found = fit(effects(y, s), design_of(np.arange(3)[:, None]))
    q = (((y - mean) / s) ** 2).sum()
    assert found.expected == pytest.approx(np.full(3, mean))
    assert [found.homogeneity.statistic, found.homogeneity.freedom] == pytest.approx([q, 2])
    assert found.homogeneity.p_value == pytest.approx(stats.chi2.sf(q, 2))


def test_a_segment_is_compared_with_the_mean_of_the_others() -> None:
    y, s = np.array([0.1, 0.3, -0.2]), np.array([0.1, 0.2, 0.15])
    rest = np.average(y[1:], weights=s[1:] ** -2)
    beyond = fit(effects(y, s), design_of(np.arange(3)[:, None])).beyond
    assert beyond.value[0] == pytest.approx(y[0] - rest)
    assert beyond.error[0] == pytest.approx(np.sqrt(s[0] ** 2 + 1 / (s[1:] ** -2).sum()))


def test_sums_of_two_dimensions_leave_nothing_to_explain() -> None:
    y = np.array([0.1, 0.2, -0.1])[TWO_WAY[:, 0]] + np.linspace(-0.2, 0.2, 6)[TWO_WAY[:, 1]]
    found = fit(effects(y, np.linspace(0.1, 0.3, 18)), design_of(TWO_WAY))
    assert found.homogeneity.statistic == pytest.approx(0, abs=1e-18)
    assert found.homogeneity.freedom == 10
    assert found.beyond.value == pytest.approx(np.zeros(18), abs=1e-12)


def test_one_cell_that_is_different_is_found_with_its_size() -> None:
    y = np.array([0.1, 0.2, -0.1])[TWO_WAY[:, 0]] + np.where(np.arange(18) == 7, 0.5, 0.0)
    beyond = fit(effects(y, np.full(18, 0.1)), design_of(TWO_WAY)).beyond
    assert np.argmax(np.abs(beyond.statistic)) == 7
    assert beyond.value[7] == pytest.approx(0.5)


def test_a_cell_that_alone_tells_of_its_member_is_not_judged() -> None:
    codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, 1]])
    beyond = fit(effects(np.arange(5.0), np.ones(5)), design_of(codes)).beyond
    assert np.isnan(beyond.value).tolist() == [False] * 4 + [True]


def test_of_means_of_one_dimension_it_is_welchs_analysis_of_variance() -> None:
    samples = [np.random.default_rng(seed).normal(seed / 3, 1 + seed, 8 + 3 * seed) for seed in range(3)]
    found = [mean_of(Moments.of(len(x), [x.sum()], [(x**2).sum()])) for x in samples]
    value, variance, n = (np.array([getattr(one, name) for one in found]) for name in ("value", "variance", "n"))
    p_value = fit(Effect(value, np.sqrt(variance), n - 1), design_of(np.arange(3)[:, None])).homogeneity.p_value
    assert p_value == pytest.approx(stats.f_oneway(*samples, equal_var=False).pvalue)


def test_one_segment_has_nothing_to_differ_from() -> None:
    homogeneity = fit(effects(np.array([0.3]), np.array([0.1])), np.ones((1, 1))).homogeneity
    assert (homogeneity.p_value, homogeneity.always_valid_p(10.0)) == (1.0, 1.0)


def test_of_two_segments_every_look_is_the_sequence_of_their_difference() -> None:
    mixture = NormalMixture.tuned_for(1_000)
    expected = mixture.p_value(3.5, 400)
    assert Homogeneity(3.5**2, 1.0).always_valid_p(400 * mixture.spread) == pytest.approx(float(expected))


def test_effects_exist_where_nobody_converted() -> None:
    none = Proportion.of(0, 100)
    effect = log_effects(arm(none), arm(none))
    assert [float(effect.value), float(effect.error)] == pytest.approx([0.0, np.sqrt(4 - 2 / 100.5)])


@pytest.mark.parametrize("rate", [0.002, 0.02, 0.3])
@pytest.mark.parametrize("codes", [ONE_WAY, TWO_WAY], ids=["one dimension", "two dimensions"])
def test_few_conversions_never_raise_more_alarms_than_the_level(rate: float, codes: Codes) -> None:
    found = [fit(drawn(codes, rate, seed), design_of(codes)) for seed in range(400)]
    smallest = np.array([np.nanmin(one.beyond.p_value()) for one in found])
    assert np.mean([one.homogeneity.p_value < 0.05 for one in found]) <= 0.05 + 0.033
    assert np.mean(smallest * len(codes) < 0.05) <= 0.05 + 0.033


def test_rare_amounts_do_not_make_segments_of_unequal_shares_differ() -> None:
    rng, called = np.random.default_rng(9), 0
    for _ in range(100):
        values = [(rng.random((6, n)) < 0.05) * np.exp(rng.normal(size=(6, n))) for n in (1_350, 150)]
        n, total, squares = (np.stack(s, axis=1) for s in zip(*map(_sums, values), strict=True))
        arm = arms_of(Moments(n, total[..., None], squares[..., None, None]), n)
        effect = log_effects(arm[:, 1], arm[:, 0])
        called += fit(effect, np.ones((6, 1))).homogeneity.p_value < 0.05
    assert called <= 5


def _sums(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.full(len(values), float(values.shape[1])), values.sum(axis=1), (values**2).sum(axis=1)
