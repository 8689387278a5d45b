"""GrowthBook's sequential test, from its published formula: an asymptotic sequence on the relative difference itself.

Source: growthbook/growthbook, packages/stats/gbstats (MIT); Howard, Waudby-Smith, Ramdas (2021) in the form of
Waudby-Smith et al. (2024), tuned for 5,000 unless told otherwise. Held to its own answers in `test_gbstats_sequence`.
"""

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion


def relative_effect(treatment: Proportion, control: Proportion) -> tuple[Floats, Floats]:
    """Return relative differences and their errors by the delta method; NaN where it answers nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        m1, m2 = treatment.n_converted / treatment.n, control.n_converted / control.n
        v1, v2 = m1 * (1 - m1) / treatment.n, m2 * (1 - m2) / control.n
        error = np.sqrt(v1 / m2**2 + v2 * m1**2 / m2**4)
        return m1 / m2 - 1, np.where((v1 > 0) & (v2 > 0), error, np.nan)


def half_width(error: Floats, n: Floats, tuned_for: float = 5_000, alpha: float = 0.05) -> Floats:
    """Return half of the width of the sequence's interval after n users."""
    spread = (-2 * np.log(alpha) + np.log(-2 * np.log(alpha) + 1)) / tuned_for
    with np.errstate(divide="ignore", invalid="ignore"):
        r = n * spread
        return np.asarray(error * np.sqrt(2 * (r + 1) / r * np.log(np.sqrt(r + 1) / alpha)))


def excess(treatment: Proportion, control: Proportion) -> Floats:
    """Return relative differences by half of the width, with their sign: beyond 1 it calls an effect."""
    value, error = relative_effect(treatment, control)
    return np.asarray(value / half_width(error, treatment.n + control.n))
