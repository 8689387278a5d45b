"""The frames of the segments hold what their painter fills."""

from dashboard.components.segments import headline, segments_card
from dashboard.view import Context
from dashboard.views.headline import headline_views
from dashboard.views.segments import segments_views


def test_the_headline_has_a_place_for_each_of_its_texts(context: Context) -> None:
    (view,) = headline_views(context)
    frame = str(headline(view))
    assert all(name in frame for name in ("scope", "'headline'", "summary", "detail", "says unseen"))


def test_the_card_has_two_lists_and_its_choices(context: Context) -> None:
    (view,) = segments_views(context)
    frame = str(segments_card(view))
    assert all(name in frame for name in ("'best'", "'worst'", "segments-depth", "segments-min", "counted", "lead"))
