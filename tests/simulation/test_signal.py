"""How often noise is called a signal, and how often effects are; the long run is in docs/methods/signal.md."""

from itertools import product

import pytest

from model.report import Signal
from model.signal import find_signal
from tests.simulation.visits import SHAPES, Visits, draw, folds_of

RATES = (0.02, 0.05, 0.1, 0.3)
N_NULLS = 12
N_PLANTED = 1


def verdict_on(visits: Visits, seed: int) -> Signal:
    examples = draw(visits, seed)
    return find_signal(examples, folds_of(examples, seed), 0.95, seed)


@pytest.mark.slow
def test_noise_with_users_who_come_again_is_no_signal() -> None:
    found = [verdict_on(Visits(rate=RATES[seed % len(RATES)]), seed) for seed in range(N_NULLS)]
    assert sum(each.verdict == "signal" for each in found) <= 1
    assert 0.2 < sum(each.p_likelihood_ratio for each in found) / N_NULLS < 0.8
    assert 0.2 < sum(each.p_cross_fitted for each in found) / N_NULLS < 0.8


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "comes_again"), list(product(SHAPES, (False, True))))
def test_effects_of_a_clear_auc_are_always_called(shape: str, comes_again: bool) -> None:
    visits = Visits(shape=shape, auc=0.544, temper=0.7, comes_again=comes_again)
    assert [verdict_on(visits, seed).verdict for seed in range(N_PLANTED)] == ["signal"] * N_PLANTED


@pytest.mark.slow
def test_faint_effects_are_often_called() -> None:
    found = [verdict_on(Visits(shape=shape, auc=0.523, temper=0.7), seed) for shape in SHAPES for seed in range(4)]
    assert sum(each.verdict == "signal" for each in found) >= 6
