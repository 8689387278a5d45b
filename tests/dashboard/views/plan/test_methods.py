from dataclasses import replace

from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.methods import plan_methods_views


def test_methods_stand_beside_each_other_with_what_they_cost(context: Context, found: PowerResult) -> None:
    (view,) = plan_methods_views(context)
    table, said, plan = view.arrays(found, None)["blocks"]
    assert [row[0]["text"] for row in table["rows"]] == ["Always valid", "One planned look", "Planned looks"]
    assert table["rows"][0][0]["mark"] == "good"
    assert "more users than one look" in said["text"]
    assert f"planned_units: {found.n_units}\n" in plan["text"]


def test_what_never_comes_has_no_plan_to_copy(context: Context, found: PowerResult, nothing: PowerResult) -> None:
    (view,) = plan_methods_views(context)
    none = tuple(replace(one, n_units=None, inflation=None, expected_days=None) for one in found.methods)
    blocks = view.arrays(replace(found, n_units=None, methods=none), None)["blocks"]
    assert [block["kind"] for block in blocks] == ["table", "paragraph"]
    assert view.arrays(nothing, None)["blocks"][0]["text"] == nothing.notice


def test_the_table_has_days_and_their_range(context: Context, found: PowerResult) -> None:
    (view,) = plan_methods_views(context)
    assert view.table(found).rows[1][3:6] == (*(getattr(found.methods[1].days, end) for end in ENDS),)


ENDS = ("likely", "soonest", "latest")
