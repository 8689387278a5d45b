"""Many estimates travel as columns of short numbers."""

from analytics.estimate import Estimate
from dashboard.packed import packed, shortened


def test_numbers_are_as_exact_as_a_drawing_needs() -> None:
    assert packed([Estimate(2 / 3, 0.6, 0.7123456, 30)]) == {
        "value": [0.66667], "low": [0.6], "high": [0.71235], "n": [30]
    }  # fmt: skip


def test_what_is_not_known_stays_unknown() -> None:
    assert packed([Estimate(None, None, None, 0)]) == {"value": [None], "low": [None], "high": [None], "n": [0]}
    assert shortened(None) is None
