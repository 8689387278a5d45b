from dataclasses import replace

from analytics.planning.plan_result import PowerResult, TrafficFacts
from dashboard.view import Context
from dashboard.views.plan.traffic import plan_traffic_views


def rows(context: Context, result: PowerResult) -> dict:
    (view,) = plan_traffic_views(context)
    return dict(view.arrays(result, None)["blocks"][0]["rows"])


def test_users_and_how_often_they_come_are_told(context: Context, found: PowerResult) -> None:
    told = rows(context, found)
    assert told["Users in the last week"] == "2,000"
    assert told["Sessions each"] == "2.50"
    assert "Users in 56 days" in told


def test_without_days_users_alone_are_told(context: Context, found: PowerResult) -> None:
    told = rows(context, replace(found, traffic=TrafficFacts(0, 900, 1_800, 0, 0, "", "")))
    assert list(told)[1:] == ["Users in the log", "Sessions each"]


def test_table_and_sentence_say_the_same(context: Context, found: PowerResult, nothing: PowerResult) -> None:
    (view,) = plan_traffic_views(context)
    assert view.table(found).rows[0][0] == 56
    assert view.summary(found).endswith("within 56 days.")
    assert (view.table(nothing).rows, view.summary(nothing)) == ((), nothing.notice)
    assert view.arrays(nothing, None)["blocks"][0]["text"] == nothing.notice
