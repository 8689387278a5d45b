from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.form import plan_form_views


def test_what_is_asked_stands_above_the_users_needed(context: Context, found: PowerResult) -> None:
    (view,) = plan_form_views(context)
    assert [choice.option for choice in view.choices] == ["plan-metric", "plan-method", "plan-tail"]
    assert [dial.option.partition("-")[2] for dial in view.sliders] == ["effect", "power", "level", "traffic", "share"]
    (table,) = view.arrays(found, None)["blocks"]
    assert [row[0] for row in table["rows"]] == ["Old", "New"]


def test_nothing_to_plan_with_is_said(context: Context, nothing: PowerResult) -> None:
    (view,) = plan_form_views(context)
    assert view.arrays(nothing, None)["blocks"][0]["text"] == nothing.notice
