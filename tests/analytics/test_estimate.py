import numpy as np

from analytics.estimate import Estimate, Split, bounded, estimate, estimates, numbers, split_estimates
from analytics.experiment.interval import Interval


def test_what_does_not_exist_is_none() -> None:
    interval = Interval(np.array([0.5, np.nan]), np.array([np.nan, np.nan]), np.array([np.nan, np.nan]))
    assert estimates(interval, [4, 0]) == (Estimate(0.5, None, None, 4), Estimate(None, None, None, 0))


def test_numbers_are_plain_so_that_json_can_hold_them() -> None:
    (found,) = estimates(Interval(*(np.array([v]) for v in (0.5, 0.4, 0.6))), np.array([7.0]))
    assert (type(found.value), type(found.n)) == (float, int)


def test_one_n_serves_all() -> None:
    interval = Interval(*(np.array([0.1, 0.2]) for _ in range(3)))
    assert [found.n for found in estimates(interval, 9)] == [9, 9]


def test_an_interval_without_axes_is_one_estimate() -> None:
    interval = Interval(np.array(0.5), np.array(0.4), np.array(0.6))
    assert estimate(interval, 10) == Estimate(0.5, 0.4, 0.6, 10)


def test_a_split_holds_the_variants_of_its_row() -> None:
    one, two, three, four = (Estimate(n / 10, None, None, n) for n in (1, 2, 3, 4))
    assert split_estimates((one, two), (one, three, two, four)) == (Split(one, (one, three)), Split(two, (two, four)))
    assert split_estimates((), ()) == ()


def test_infinite_ends_are_not_there() -> None:
    interval = bounded(Interval(np.array([1.0]), np.array([-np.inf]), np.array([2.0])))
    assert np.isnan(interval.low).all()
    assert interval.high.tolist() == [2]


def test_numbers_that_are_not_finite_are_none() -> None:
    assert numbers(np.array([1.0, np.nan, np.inf])) == [1, None, None]
