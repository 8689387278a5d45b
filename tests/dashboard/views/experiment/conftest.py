"""Results that cards of the Experiment page are given."""

import pytest

from analytics.analysis import Params
from analytics.effects.result import EffectsResult
from tests.analytics.effects.test_effects import effects


@pytest.fixture(scope="session")
def result() -> EffectsResult:
    """Return effects of 40,000 drawn users, of whom those with New convert more often."""
    return effects(n=(20_000, 20_000), lifts=(1.3, 1), params=Params())


@pytest.fixture(scope="session")
def of_three() -> EffectsResult:
    """Return effects of two treatments, neither of which does anything."""
    return effects(n=(900, 900, 900), lifts=(1, 1, 1))


@pytest.fixture(scope="session")
def nothing() -> EffectsResult:
    """Return effects of an empty selection."""
    return effects(n=(0, 0))
