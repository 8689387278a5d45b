"""How often the verdict claims something where nothing differs, whenever it is looked at.

Rates of equal variants, both at 0.1, with 20 looks of 400 users each. Of 2,000 such experiments at most 5 % may ever be
called; the standard error of that share is 0.5 percentage points.
"""

import numpy as np

from analytics.experiment.contrast import Contrast
from analytics.experiment.sequential import NormalMixture, score_sequence
from analytics.experiment.statistic import Proportion
from analytics.experiment.verdict import Candidate, Rules, decide

N_LOOKS, LOOK, PLAIN = 20, 200, Rules()


def kinds(n_experiments: int, lift: float, rules: Rules = PLAIN) -> np.ndarray:
    """Return the verdict of each experiment at each look."""
    rng = np.random.default_rng(5)
    control, treatment = (rng.binomial(LOOK, rate, (n_experiments, N_LOOKS)) for rate in (0.1, 0.1 * (1 + lift)))
    sizes = LOOK * np.arange(1, N_LOOKS + 1.0)
    new, old = (Proportion.of(np.cumsum(x, axis=1), sizes) for x in (treatment, control))
    difference, ratio = (s.interval for s in score_sequence(new, old, NormalMixture.tuned_for(4_000)))
    found = np.empty((n_experiments, N_LOOKS), dtype=object)
    for place in np.ndindex(found.shape):
        contrast = Contrast.of("New", difference, ratio, place)
        verdict = decide([Candidate("New", contrast)], rules)
        found[place] = verdict.because
    return found


def ever(found: np.ndarray, *reasons: str) -> float:
    """Return the share of experiments in which a reason was ever given."""
    return float(np.isin(found, reasons).any(axis=1).mean())


def test_where_nothing_differs_hardly_anything_is_ever_claimed() -> None:
    assert ever(kinds(2_000, 0.0), "better", "worse") <= 0.05 + 3 * 0.005


def test_where_nothing_differs_hardly_anything_is_claimed_in_a_short_run() -> None:
    assert ever(kinds(150, 0.0), "better", "worse") <= 0.05 + 3 * 0.018


def test_a_large_effect_is_shipped_in_the_end_and_never_kept_away() -> None:
    found = kinds(300, 0.4)
    assert ever(found, "better") > 0.9
    assert ever(found, "worse") == 0.0


def test_an_effect_at_the_margin_is_seldom_called_too_small() -> None:
    assert ever(kinds(2_000, 0.2, Rules(smallest_effect=0.2)), "too_small") <= 0.05 + 3 * 0.005
