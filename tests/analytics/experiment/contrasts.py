"""Contrasts made by hand, and drawn ones."""

import numpy as np
from hypothesis import strategies as st

from analytics.experiment.contrast import Contrast
from analytics.experiment.score import score_difference, score_lift
from analytics.experiment.statistic import Proportion


def contrast(low: float, value: float, high: float, name: str = "New") -> Contrast:
    """Return a contrast by its lift, against a control of 0.2."""
    ends = (low, value, high)
    return Contrast(name, (low / 5, value / 5, high / 5), ends)


def scored(treatment: Proportion, control: Proportion, critical: float, name: str = "New") -> Contrast:
    """Return the contrast of two rates by score intervals of a half-width."""
    return Contrast.of(name, score_difference(treatment, control, critical), score_lift(treatment, control, critical))


counts = st.integers(5, 400).flatmap(
    lambda n: st.integers(1, n - 1).map(lambda x: Proportion.of(np.array(float(x)), np.array(float(n))))
)
