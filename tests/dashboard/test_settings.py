"""What the browser must know first, and when an open page is out of date."""

from dashboard.settings import frame_of, settings
from dashboard.view import Context
from dashboard.views import views_of
from tests.dashboard.views.test_views import without


def told(context: Context) -> str:
    """Return the name of what a page is made with."""
    return frame_of(settings(context, views_of(context, "overview")))


def test_the_same_words_and_figures_have_the_same_name(context: Context) -> None:
    assert told(context) == told(Context(context.config, context.snapshot))


def test_another_dimension_makes_another_page(context: Context) -> None:
    assert told(context) != told(without(context, "gender"))


def test_the_browser_is_told_how_to_write_before_the_first_numbers(context: Context) -> None:
    told = settings(context, views_of(context, "overview"))
    assert (told["grouping"], told["currency"], told["variants"]) == ("indian", "₹", ("Old", "New"))
    assert (told["numbers"], told["dates"]) == ("comma_point", "day_month_year")
    assert set(told["skeletons"]) == {"trend", "location"}
    assert told["dimensions"]["day"]["kind"] == "time"
    assert told["metrics"][0] == ("Conversion rate", "Sessions that ended in a conversion, divided by all sessions.")
