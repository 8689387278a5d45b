from dataclasses import replace

from analytics.experiment.power.pace import Span
from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.head import chosen_of, plan_head_views


def sent(context: Context, result: PowerResult) -> dict:
    (view,) = plan_head_views(context)
    return dict(view.arrays(result, None))


def test_the_head_answers_and_tells_the_rest_below(context: Context, found: PowerResult) -> None:
    arrays = sent(context, found)
    assert arrays["headline"].startswith("To show a lift of 8")
    assert "users with Old" in arrays["summary"]
    assert "done after" in arrays["summary"]
    assert "Users who return count once" in arrays["detail"]


def test_beyond_the_log_it_says_that_it_foretells(context: Context, found: PowerResult) -> None:
    short = replace(found, days=Span(20, 19, 21))
    long = replace(found, days=Span(200, 150, 300))
    assert "foretold" not in sent(context, short)["detail"]
    assert "Beyond the 56 days" in sent(context, long)["detail"]


def test_one_look_does_not_stop_early(context: Context, guard: PowerResult) -> None:
    assert "done after" not in sent(context, guard)["summary"]


def test_nothing_to_plan_with_is_said_alone(context: Context, nothing: PowerResult) -> None:
    arrays = sent(context, nothing)
    assert (arrays["headline"], arrays["summary"], arrays["detail"]) == (nothing.notice, "", "")


def test_the_table_has_each_engine(context: Context, found: PowerResult) -> None:
    (view,) = plan_head_views(context)
    assert [row[0] for row in view.table(found).rows] == ["Old", "New"]
    assert chosen_of(found).method == "sequential"
