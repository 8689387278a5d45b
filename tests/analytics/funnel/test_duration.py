import numpy as np

from analytics.funnel.duration import EDGES_MS, durations_of


def test_quantiles_are_durations_that_were_seen() -> None:
    found = durations_of(np.arange(1.0, 101.0))
    assert (found.n, found.quantiles.value.tolist()) == (100, [50, 75, 90])


def test_the_interval_is_that_of_ranks() -> None:
    found = durations_of(np.arange(1.0, 101.0)).quantiles
    assert (found.low[0], found.high[0]) == (40, 61)


def test_the_interval_of_the_median_covers_it() -> None:
    rng = np.random.default_rng(1)
    found = [durations_of(rng.exponential(1, 40)).quantiles for _ in range(1_000)]
    covers = [interval.low[0] <= np.log(2) <= interval.high[0] for interval in found]
    assert 0.94 <= np.mean(covers) <= 0.985


def test_with_few_units_an_end_is_not_known() -> None:
    found = durations_of(np.array([3.0, 1.0])).quantiles
    assert found.value.tolist() == [1, 3, 3]
    assert np.isnan(found.high).all()


def test_each_duration_is_in_one_bin() -> None:
    found = durations_of(np.array([0, 999, 1_000, 1e12, np.nan]))
    assert found.n_by_bin.sum() == found.n == 4
    assert found.n_by_bin[[0, 1, EDGES_MS.size - 1]].tolist() == [2, 1, 1]


def test_without_durations_there_is_none() -> None:
    found = durations_of(np.array([np.nan]))
    assert (found.n, found.n_by_bin.sum()) == (0, 0)
    assert np.isnan(found.quantiles.value).all()
