import numpy as np
import pytest
from scipy.stats import poisson

from analytics.attribution.bootstrap import Draws, Stability, bootstrap
from analytics.attribution.method import METHODS, Setting, method_named
from analytics.attribution.paths import Paths, paths_of
from analytics.attribution.rules import linear, time_decay
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import random_paths

SETTING = Setting(direct=0)
LINEAR, MARKOV = method_named("linear"), method_named("markov_1")
SIXTY = Draws(n=60)


def of(paths: Paths, *methods, draws: Draws = SIXTY) -> tuple[Stability, ...]:
    return bootstrap(paths, methods or (LINEAR,), SETTING, draws)


def half_width(of_one: Stability, name: str) -> np.ndarray:
    interval = getattr(of_one, name)
    return (interval.high - interval.low) / 2


def test_equal_seeds_draw_equal_journeys() -> None:
    paths = random_paths(2_000, 4, 1)
    one, same, other = (of(paths, draws=Draws(40, seed))[0].conversions for seed in (3, 3, 4))
    assert one.low.tolist() == same.low.tolist() != other.low.tolist()


def test_a_channel_alone_varies_as_its_conversions_do() -> None:
    (found,) = of(paths_of([[0]], [400], counts=[1_000]), draws=Draws(2_000))
    assert found.conversions.low[0] == pytest.approx(poisson.ppf(0.025, 400), abs=3)
    assert found.conversions.high[0] == pytest.approx(poisson.ppf(0.975, 400), abs=3)


RULES = {"linear": linear, "time_decay": lambda paths: time_decay(paths, SETTING.half_life)}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("worth", ["conversions", "value"])
def test_credit_varies_as_the_squares_of_what_journeys_give(name: str, worth: str) -> None:
    paths = random_paths(20_000, 4, 2)
    (found,) = of(paths, method_named(name), draws=Draws(600))
    place, n = paths.owner * 4 + paths.channels, 4 * len(paths.counts)
    given = np.bincount(place, RULES[name](paths), minlength=n).reshape(-1, 4)
    error = np.sqrt((given**2 * getattr(paths, worth)[:, None] ** 2).sum(axis=0))
    assert half_width(found, worth) == pytest.approx(1.96 * error, rel=0.15)


def test_methods_see_the_same_drawn_journeys() -> None:
    paths = paths_of([[0], [1], [1, 1]] * 20, [1] * 60, range(1, 61), ages=[[1], [2], [5, 3]] * 20)
    found = of(paths, *METHODS)
    for other in found[1:]:
        assert other.conversions.low == pytest.approx(found[0].conversions.low)
        assert other.value.high == pytest.approx(found[0].value.high)


def test_ranks_that_are_clear_are_kept() -> None:
    (found,) = of(paths_of([[0], [1], [2]], [100, 900, 400]), MARKOV)
    assert found.rank.tolist() == [3, 1, 2]
    assert (found.best_rank.tolist(), found.worst_rank.tolist()) == ([3, 1, 2], [3, 1, 2])
    assert found.kept_rank.tolist() == [1, 1, 1]


def test_ranks_that_are_not_clear_say_so() -> None:
    (found,) = of(paths_of([[0], [1]], [300, 300]), draws=Draws(400))
    assert found.rank.tolist() == [1, 1]
    assert (found.best_rank.tolist(), found.worst_rank.tolist()) == ([1, 1], [2, 2])
    assert found.kept_rank == pytest.approx([0.5, 0.5], abs=0.1)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_credit_itself_lies_within_what_was_drawn(method) -> None:
    (found,) = of(random_paths(3_000, 4, 6), method, draws=Draws(100, confidence=0.99))
    assert (found.conversions.low <= found.conversions.value).all()
    assert (found.conversions.value <= found.conversions.high).all()


@pytest.mark.parametrize("draws", [Draws(0), Draws(10, 0, 1.0)])
def test_draws_that_make_no_sense_are_refused(draws: Draws) -> None:
    with pytest.raises(ProductError, match="at least one draw"):
        of(paths_of([[0]], [1]), draws=draws)
