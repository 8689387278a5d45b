import numpy as np
import pytest

from analytics.experiment.arm import arms_of
from analytics.experiment.effect import Alternative
from analytics.experiment.plan import Plan
from analytics.experiment.statistic import Moments
from analytics.experiment.ways import Way, exact_way, ways_of


def ways(converted: tuple[int, int], n: tuple[int, int], plan: Plan) -> dict[str, Way]:
    moments = Moments(
        np.array(n, float), np.array(converted, float)[:, None], np.array(converted, float)[:, None, None]
    )
    arm = arms_of(moments, moments.n, is_rate=True)
    return {way.name: way for way in ways_of(arm[..., 1:], arm[..., :1], plan)}


def test_planned_looks_are_there_where_a_size_is_planned() -> None:
    assert "group_sequential" not in ways((50, 60), (500, 500), Plan())
    assert "group_sequential" in ways((50, 60), (500, 500), Plan(n_planned=1_000))


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_exact_p_values_are_close_to_normal_ones_with_many(alternative: Alternative) -> None:
    found = ways((5_000, 5_150), (50_000, 50_000), Plan(alternative=alternative))
    near = float(found["z_pooled"].p_value[0])
    assert [float(found[name].p_value[0]) for name in ("fisher", "mid_p", "z_unpooled")] == pytest.approx(
        [near] * 3, abs=0.01
    )


def test_one_sided_intervals_are_open_at_one_end() -> None:
    found = ways((50, 60), (500, 500), Plan(alternative="greater"))
    assert np.isinf([found["newcombe"].difference.high[0], found["log_ratio"].lift.high[0]]).all()


def test_the_exact_sequence_errs_rarely_over_all_looks() -> None:
    """Of 2,000 sequences of 300 conversions without an effect at 20 to 80, looked at each time, at most 5 % (± 1.5)."""
    converted = np.cumsum(np.random.default_rng(5).random((2_000, 300)) < 0.2, axis=1)
    shown = np.zeros(2_000, dtype=bool)
    for look in range(10, 300, 10):
        seen = converted[:, look]
        p = [float(exact_way(np.array([x]), look + 1.0 - x, [0.2], Plan()).p_value[0]) for x in np.unique(seen)]
        shown |= np.isin(seen, np.unique(seen)[np.array(p) < 0.05])
    assert shown.mean() < 0.065


def test_no_conversions_say_nothing() -> None:
    nothing = exact_way(np.array([0.0]), 0.0, [0.5], Plan())
    assert (float(nothing.lift.low[0]), float(nothing.lift.high[0])) == (-1.0, np.inf)
    assert float(nothing.p_value[0]) == 1.0
