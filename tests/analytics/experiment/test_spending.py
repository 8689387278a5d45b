import numpy as np
import pytest

from analytics.experiment.group_sequential import boundaries, obrien_fleming
from analytics.experiment.spending import spending_curve

LOOKS = (0.2, 0.4, 0.6)


@pytest.mark.parametrize("alpha", [0.1, 0.05, 0.025, 0.01])
def test_at_usual_levels_the_boundary_is_exact(alpha: float) -> None:
    exact = boundaries(LOOKS, obrien_fleming, alpha)[-1]
    assert spending_curve(LOOKS, 3, False).critical(alpha) == pytest.approx(exact, abs=1e-10)


@pytest.mark.parametrize("alpha", [0.3, 0.07, 0.003, 2e-5])
def test_between_them_it_is_nearly_exact(alpha: float) -> None:
    exact = boundaries(LOOKS, obrien_fleming, alpha)[-1]
    assert spending_curve(LOOKS, 3, False).critical(alpha) == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("is_one_sided", [False, True])
def test_the_p_value_of_a_boundary_is_its_false_alarm_rate(is_one_sided: bool) -> None:
    curve = spending_curve(LOOKS, 3, is_one_sided)
    for alpha in (0.3, 0.05, 1e-3, 1e-9):
        assert float(curve.p_value(curve.critical(alpha))) == pytest.approx(alpha, rel=1e-9)


def test_before_the_first_look_nothing_is_said() -> None:
    curve = spending_curve(LOOKS, 0, False)
    assert curve.critical(0.05) == np.inf
    assert curve.p_value([8.0, np.nan]).tolist() == pytest.approx([1.0, np.nan], nan_ok=True)


def test_statistics_near_zero_have_the_p_value_one() -> None:
    assert float(spending_curve(LOOKS, 3, False).p_value(0.0)) == 1.0


def test_looks_to_come_change_nothing() -> None:
    two, three = spending_curve(LOOKS[:2], 2, False), spending_curve(LOOKS, 2, False)
    assert two.critical(0.05) == three.critical(0.05)
