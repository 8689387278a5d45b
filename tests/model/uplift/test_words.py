from analytics.estimate import Estimate
from model.uplift.words import in_points, points


def test_a_difference_has_its_sign() -> None:
    assert [points(0.01), points(-0.01), points(0.0), points(-0.00001)] == ["+1.00", "−1.00", "0.00", "0.00"]


def test_an_interval_is_told_with_its_confidence() -> None:
    text = in_points(Estimate(-0.01, -0.02, 0.0, 5), 0.9)
    assert text == "−1.00 points (90 % interval −2.00 to 0.00)"
