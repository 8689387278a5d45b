"""Words of the predict page."""

from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.sheets.predict.words import observed, points, rate_of, span
from model.prediction import Prediction

WRITE = NumberFormat("₹", "international")
BASE = Estimate(0.315, 0.313, 0.317, 200_000)


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u00a0", " ")


def test_what_was_observed_names_its_sessions() -> None:
    found = Prediction(0.342, 0.33, 0.356, 4120, BASE, 0.0)
    assert plain(observed(found, WRITE)) == "among 4,120 held-out sessions scored like this, 33.0 to 35.6 % converted"


def test_where_nothing_was_observed_nothing_is_said() -> None:
    assert observed(Prediction(0.342, None, None, 0, BASE, 0.0), WRITE) == span(None, 0.4, WRITE) == ""


def test_a_rate_has_its_interval() -> None:
    assert plain(rate_of(BASE, WRITE)) == "31.5 % (31.3 – 31.7 %)"


def test_changes_have_their_sign() -> None:
    assert [plain(points(change, WRITE)) for change in (0.0123, -0.0123)] == ["+1.2 pt", "\u22121.2 pt"]
