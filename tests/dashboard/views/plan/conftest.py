"""Plans as the pages get them."""

from dataclasses import replace

import pytest

from analytics.planning.plan_result import PowerResult
from analytics.power import compute_power
from tests.analytics.planning.drawn_traffic import CATALOG, answers_of, request_of


def plan(lift: float = 1.0, **params) -> PowerResult:
    """Return the plan of drawn traffic."""
    request = request_of(**{"effect": 0.08, **params})
    return compute_power(answers_of(request, lift=lift), request, CATALOG)


@pytest.fixture(scope="session")
def found() -> PowerResult:
    return plan(method="sequential")


@pytest.fixture(scope="session")
def guard() -> PowerResult:
    return plan(method="fixed", goal="no_loss")


@pytest.fixture(scope="session")
def nothing(found: PowerResult) -> PowerResult:
    said = "No session is left to plan with."
    bare = replace(found, baseline=None, n_units=None, days=None, traffic=None, notice=said)
    return replace(bare, variants=(), methods=(), by_week=(), by_effect=(), runs=())
