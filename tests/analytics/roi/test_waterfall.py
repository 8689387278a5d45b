import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.plan import Plan
from analytics.roi.bootstrap import resampled
from analytics.roi.incremental import incremental_of
from analytics.roi.waterfall import STEPS, waterfall_of
from tests.analytics.roi.shops import ledger, ledgers, two_variants


@st.composite
def shops(draw):
    """Return the ledger of two to five users, of whom some or none buy."""
    rows = []
    for _ in range(draw(st.integers(2, 5))):
        orders = draw(st.integers(0, 2))
        revenue = orders * draw(st.floats(1, 1_000))
        rows.append((draw(st.integers(1, 5)), orders, revenue, draw(st.floats(0, 1)) * revenue, revenue / 2))
    return ledger(*rows)


@given(shops(), shops(), st.floats(-1e3, 1e3))
def test_parts_add_up_to_the_incremental_profit(new, old, cost) -> None:
    found = waterfall_of(new, old, cost)
    expected = incremental_of(new, old, cost, Plan("fixed"))
    assert float(found.profit) == pytest.approx(float(expected.profit.value), rel=1e-9, abs=1e-8)
    assert float(found.revenue) == pytest.approx(float(expected.revenue.value), rel=1e-9, abs=1e-8)


@given(shops(), shops())
def test_exchanged_variants_have_the_opposite_parts_per_user(new, old) -> None:
    there = waterfall_of(new, old, 0.0).parts.value / new.n_users
    back = waterfall_of(old, new, 0.0).parts.value / old.n_users
    assert there == pytest.approx(-back, abs=1e-9)


def test_only_conversion_differs() -> None:
    new, old = ledger((2, 1, 50, 0, 0), (2, 1, 50, 0, 0)), ledger((2, 1, 50, 0, 0), (2, 0, 0, 0, 0))
    assert waterfall_of(new, old, 0.0).parts.value.tolist() == pytest.approx([0, 50, 0, 0, 0, 0])


def test_only_order_value_differs() -> None:
    new, old = ledger((2, 1, 80, 0, 0), (2, 1, 80, 0, 0)), ledger((2, 1, 50, 0, 0), (2, 1, 50, 0, 0))
    assert waterfall_of(new, old, 7.0).parts.value.tolist() == pytest.approx([0, 0, 60, 0, 0, -7])


def test_without_orders_of_old_all_is_conversion() -> None:
    new, old = ledger((1, 1, 80, 0, 0), (1, 0, 0, 0, 0)), ledger((1, 0, 0, 0, 0), (1, 0, 0, 0, 0))
    assert waterfall_of(new, old, 0.0).parts.value.tolist() == pytest.approx([0, 80, 0, 0, 0, 0])


def test_intervals_agree_with_the_bootstrap() -> None:
    values, group = two_variants(20_000, seed=3)
    found = waterfall_of(*ledgers(values, group), 0.0).parts
    n, totals = resampled(values, group, 2, 4_000, np.random.default_rng(4))
    means = totals / n[..., None]
    x, y, z = means[..., 0], means[..., 1] / means[..., 0], means[..., 2] / means[..., 1]
    alike, crossed = x[:, 1] * z[:, 1] + x[:, 0] * z[:, 0], x[:, 1] * z[:, 0] + x[:, 0] * z[:, 1]
    conversion = (y[:, 1] - y[:, 0]) * (alike / 3 + crossed / 6) * 20_000
    half = float(found.high[1] - found.low[1]) / 2
    assert half == pytest.approx(1.959964 * conversion.std(ddof=1), rel=0.05)


def test_cost_is_known() -> None:
    found = waterfall_of(*ledgers(*two_variants(500)), 123.0).parts
    cost = STEPS.index("cost")
    assert found.low[cost] == found.high[cost] == -123
