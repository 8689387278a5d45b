"""Sessions of two engines whose effects are known, for tests of uplift."""

from collections.abc import Callable

import numpy as np

from analytics.experiment.interval import Floats
from model.examples import Examples, Feature
from model.uplift.axes import Axis, axes_of
from model.uplift.options import UpliftOptions
from model.uplift.trial import Trial, trial_of

OPTIONS = UpliftOptions(edges={"age": (30.0, 50.0)})
FEATURES = (
    Feature("age", "Age", "number", low=18, high=69),
    Feature("device", "Device", "category", ("Mobile", "Desktop", "Tablet")),
    Feature("pages", "Pages", "number", is_post_treatment=True),
    Feature("shown", "Shown", "category", ("Books", "Home"), is_chosen_by_engine=True),
    Feature("variant", "Engine", "category", ("Old", "New", "Third")),
)
Effect = Callable[[Floats, Floats], Floats]


def nowhere(age: Floats, device: Floats) -> Floats:
    """Return no effect."""
    return np.zeros(len(age))


def on_mobile(age: Floats, device: Floats) -> Floats:
    """Return 0.3 on Mobile, -0.2 on Desktop, nothing on Tablet."""
    return np.array([0.3, -0.2, 0.0])[device.astype(int)]


def sessions(n: int, effect: Effect = nowhere, seed: int = 1, share: float = 0.5) -> Examples:
    """Return sessions of users who come twice on average and keep their engine; a tenth had a third engine."""
    rng = np.random.default_rng(seed)
    user = rng.integers(n // 2, size=n)
    luck, readiness = rng.random(n // 2)[user], rng.normal(0, 0.1, n // 2)[user]
    variant = np.where(luck < 0.9 * share, 1, np.where(luck < 0.9, 0, 2))
    age, device = rng.integers(18, 70, n).astype(float), rng.integers(3, size=n).astype(float)
    rate = 0.35 + 0.05 * (device == 0) + (variant == 1) * effect(age, device)
    y = (rng.random(n) < np.clip(rate + readiness, 0, 1)).astype(float)
    x = np.column_stack([age, device, rng.poisson(5, n) + y, rng.integers(2, size=n), variant])
    return Examples(FEATURES, x.astype(float), y, np.ones(n), user)


def trial(n: int, effect: Effect = nowhere, seed: int = 1) -> Trial:
    """Return such sessions of Old and New."""
    return trial_of(sessions(n, effect, seed), "Old", "New", OPTIONS)


def axes(found: Trial) -> tuple[Axis, ...]:
    """Return the axes of a trial."""
    return axes_of(found.examples, OPTIONS.edges)
