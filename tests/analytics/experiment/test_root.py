import numpy as np
import pytest
from scipy.optimize import elementwise

from analytics.experiment.interval import Floats
from analytics.experiment.root import root_near

WIDE = np.full(5, -50.0), np.full(5, 50.0)
TARGETS = np.array([-8.0, -1e-9, 0.0, 1e-3, 27.0])


def cubed(x: Floats, target: Floats) -> Floats:
    return np.asarray(x**3 + x - target)


@pytest.mark.parametrize("guess", [(-1, 1), (10, 11), (-50, 50), (-60, -55), (0, 0)])
def test_roots_are_found_from_any_guess(guess: tuple[float, float]) -> None:
    near = np.full(5, float(guess[0])), np.full(5, float(guess[1]))
    found = root_near(cubed, near, WIDE, (TARGETS,))
    np.testing.assert_allclose(found, elementwise.find_root(cubed, WIDE, args=(TARGETS,)).x, rtol=1e-12, atol=1e-300)


def test_what_is_not_between_the_limits_is_not_found() -> None:
    limits = np.full(5, -1.0), np.full(5, 1.0)
    found = root_near(cubed, limits, limits, (TARGETS,))
    assert np.isnan(found).tolist() == [True, False, False, False, True]


def test_a_function_without_a_number_has_no_root() -> None:
    found = root_near(lambda x: x * np.nan, WIDE, WIDE)
    assert np.isnan(found).all()


def test_a_good_guess_takes_few_steps() -> None:
    asked = []

    def excess(x: Floats, target: Floats) -> Floats:
        asked.append(len(x))
        return np.asarray(np.arctan(x) - target)

    roots = np.linspace(0.5, 0.6, 5)
    found = root_near(excess, (roots - 0.02, roots + 0.02), WIDE, (np.arctan(roots),), 1e-12)
    np.testing.assert_allclose(found, roots, rtol=1e-11)
    assert len(asked) <= 6


def test_of_nothing_there_is_nothing_to_find() -> None:
    none = np.zeros(0), np.zeros(0)
    assert root_near(cubed, none, none, (np.zeros(0),)).shape == (0,)
