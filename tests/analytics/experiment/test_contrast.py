import math

import numpy as np

from analytics.experiment.contrast import Contrast
from analytics.experiment.interval import Interval
from tests.analytics.experiment.contrasts import contrast


def test_a_contrast_is_one_element_of_arrays() -> None:
    interval = Interval(np.array([[1.0, 2.0]]), np.array([[0.5, 1.5]]), np.array([[3.0, 4.0]]))
    found = Contrast.of("New", interval, interval, (0, 1))
    assert (found.difference, found.lift) == ((1.5, 2.0, 4.0), (1.5, 2.0, 4.0))


def test_it_is_better_or_worse_where_its_interval_leaves_zero_out() -> None:
    assert (contrast(0.01, 0.02, 0.03).is_better, contrast(0.01, 0.02, 0.03).is_worse) == (True, False)
    assert (contrast(-0.03, -0.02, -0.01).is_better, contrast(-0.03, -0.02, -0.01).is_worse) == (False, True)
    assert not contrast(-0.01, 0.02, 0.03).is_better


def test_what_is_not_known_is_neither_better_nor_worse_nor_above() -> None:
    unknown = contrast(math.nan, math.nan, math.nan)
    assert (unknown.is_better, unknown.is_worse, unknown.is_above(-0.1)) == (False, False, False)


def test_what_is_better_lies_above_any_loss_even_where_control_has_nothing() -> None:
    assert Contrast("New", (0.1, 0.2, 0.3), (math.nan, math.nan, math.inf)).is_above(-0.01)
    assert contrast(-0.005, 0.02, 0.03).is_above(-0.01)
    assert not contrast(-0.02, 0.02, 0.03).is_above(-0.01)


def test_what_does_not_survive_correction_is_neither_better_nor_worse() -> None:
    for ends in ((0.1, 0.2, 0.3), (-0.3, -0.2, -0.1)):
        alone = Contrast("revenue", ends, ends, is_corrected=False)
        assert not alone.is_better
        assert not alone.is_worse
        assert alone.is_above(0.0) == (ends[0] > 0)
