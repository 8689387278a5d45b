from dataclasses import replace

from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.weeks import plan_weeks_views


def test_the_curve_falls_and_meets_what_is_asked(context: Context, found: PowerResult) -> None:
    (view,) = plan_weeks_views(context)
    drawn, table = view.arrays(found, None)["blocks"]
    effects = [point[1] for point in drawn["series"][0]["points"]]
    assert effects == sorted(effects, reverse=True)
    assert drawn["lines"][0]["label"].replace("\u00a0", " ") == "asked: 8 %"
    assert table["rows"][0][0] == "1 week"


def test_a_loss_that_is_ruled_out_is_called_so(context: Context, guard: PowerResult) -> None:
    (view,) = plan_weeks_views(context)
    assert view.arrays(guard, None)["blocks"][0]["label"] == "Smallest loss ruled out in 4 of 5 cases"
    assert view.summary(guard).startswith("You can rule out a loss of")


def test_without_weeks_it_says_why(context: Context, found: PowerResult, nothing: PowerResult) -> None:
    (view,) = plan_weeks_views(context)
    assert view.summary(nothing) == nothing.notice
    assert "Nothing can be shown" in view.arrays(replace(found, by_week=()), None)["blocks"][0]["text"]
    assert len(view.table(found).rows) == len(found.by_week)
