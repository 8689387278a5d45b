import numpy as np
import pytest

from analytics.experiment.plan import Plan
from analytics.roi.bootstrap import resampled
from analytics.roi.incremental import incremental_of
from tests.analytics.roi.shops import ledgers, two_variants

VALUES, GROUP = two_variants(20_000, seed=5)
WINSORISED = np.column_stack([VALUES[:, :2], np.minimum(VALUES[:, 2:], np.quantile(VALUES[:, 2:], 0.99, axis=0))])


def drawn(values):
    """Return the means of margin per user in many draws, by variant, and those of New's revenue per session."""
    n, totals = resampled(values, GROUP, 2, 4_000, np.random.default_rng(6))
    margin = (totals[..., 2] - totals[..., 3] - totals[..., 4]) / n
    return margin, totals[..., 2] / totals[..., 0]


@pytest.mark.parametrize("values", [VALUES, WINSORISED])
def test_intervals_from_moments_agree_within_five_percent(values) -> None:
    new, old = ledgers(values, GROUP)
    margin, per_session = drawn(values)
    found = incremental_of(new, old, 1_000.0, Plan("fixed"))
    low, high = 20_000 * np.quantile(margin[:, 1] - margin[:, 0], [0.025, 0.975])
    assert float(found.margin.high - found.margin.low) == pytest.approx(high - low, rel=0.05)
    interval = new.arm("revenue_per_session").interval()
    ends = np.quantile(per_session[:, 1], [0.025, 0.975])
    assert float(interval.high - interval.low) == pytest.approx(ends[1] - ends[0], rel=0.05)


def test_the_chance_of_profit_is_the_share_of_draws_with_one() -> None:
    margin, _ = drawn(VALUES)
    cost = 6_000.0
    found = incremental_of(*ledgers(VALUES, GROUP), cost, Plan("fixed")).chance_of_profit
    assert float(found) == pytest.approx(np.mean(20_000 * (margin[:, 1] - margin[:, 0]) > cost), abs=0.03)


def test_draws_have_the_means_and_spread_of_single_users() -> None:
    values, group = np.array([[1.0], [1.0], [5.0], [2.0]]), np.array([0, 0, 0, 1])
    n, totals = resampled(values, group, 2, 20_000, np.random.default_rng(7))
    assert n.mean(axis=0) == pytest.approx([3, 1], abs=0.05)
    assert totals[..., 0].var(axis=0) == pytest.approx([27, 4], rel=0.05)


def test_equal_seeds_have_equal_draws() -> None:
    first, second = (resampled(VALUES, GROUP, 2, 3, np.random.default_rng(1)) for _ in range(2))
    assert (first[1] == second[1]).all()
