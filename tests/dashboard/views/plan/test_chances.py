from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.chances import plan_chances_views


def test_the_line_is_that_of_the_method_chosen(context: Context, found: PowerResult) -> None:
    (view,) = plan_chances_views(context)
    (drawn,) = view.arrays(found, None)["blocks"]
    assert [one["label"] for one in drawn["series"]] == ["Always valid"]
    assert drawn["lines"][1]["label"].replace("\u00a0", " ") == "80 % at 8 %"


def test_half_and_twice_the_lift_are_said(context: Context, found: PowerResult, guard: PowerResult) -> None:
    (view,) = plan_chances_views(context)
    assert "80 % as asked" in view.summary(found).replace("\u00a0", " ")
    assert view.summary(guard).startswith("Shown by the planned end, if the loss is")


def test_the_table_has_all_methods(context: Context, found: PowerResult, nothing: PowerResult) -> None:
    (view,) = plan_chances_views(context)
    assert len(view.table(found).columns) == 4
    assert view.arrays(nothing, None)["blocks"][0]["text"] == nothing.notice
