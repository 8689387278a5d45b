import numpy as np
import pytest

from analytics.roi.ledger import FIGURES
from semantic.errors import UnknownNameError
from tests.analytics.roi.shops import ledger, ledgers, two_variants

TWO_USERS = ledger((2, 1, 100, 20, 50), (3, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("revenue_per_session", 20),
        ("revenue_per_user", 50),
        ("orders_per_session", 0.2),
        ("order_value", 100),
        ("refund_share", 0.2),
        ("margin_per_session", 6),
        ("margin_per_user", 15),
        ("margin_share", 0.3),
    ],
)
def test_figures_are_ratios_of_sums(name, value) -> None:
    assert float(TWO_USERS.arm(name).point.value) == pytest.approx(value)


def test_all_figures_have_intervals_around_them() -> None:
    new, _ = ledgers(*two_variants(2_000))
    found = {name: new.arm(name).interval() for name in FIGURES}
    assert [name for name, interval in found.items() if not interval.low < interval.value < interval.high] == []


def test_margin_per_user_has_the_error_of_its_values() -> None:
    values, group = two_variants(3_000)
    new, _ = ledgers(values, group)
    margin = (values[:, 2] - values[:, 3] - values[:, 4])[group == 1]
    assert float(new.arm("margin_per_user").point.variance) == pytest.approx(margin.var(ddof=1) / margin.size)


def test_users_and_totals_are_told() -> None:
    assert (float(TWO_USERS.n_users), float(TWO_USERS.total("revenue"))) == (2, 100)


def test_without_orders_there_is_no_order_value() -> None:
    assert np.isnan(ledger((2, 0, 0, 0, 0), (1, 0, 0, 0, 0)).arm("order_value").point.value)


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(UnknownNameError, match="unknown figure 'margins_per_user'"):
        TWO_USERS.arm("margins_per_user")
