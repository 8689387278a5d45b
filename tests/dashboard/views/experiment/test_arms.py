from datetime import date

from analytics.effects.result import EffectsResult
from dashboard.view import Context
from dashboard.views.experiment.arms import arms_views
from semantic.experiment import Experiment
from tests.dashboard.views.experiment.test_shown import with_plan


def test_each_engine_has_its_users_beside_the_planned_share(context: Context, result: EffectsResult) -> None:
    (view,) = arms_views(context)
    rows = view.arrays(result, None)["blocks"][0]["rows"]
    assert [row[0] for row in rows] == ["Old", "New"]
    assert rows[0][1]["text"] == "20,000"
    assert rows[0][2]["under"].replace("\u00a0", " ") == "planned 50.0 %"


def test_the_plan_is_told_as_configured(context: Context, result: EffectsResult) -> None:
    plan = Experiment(date(2026, 7, 3), method="fixed", planned_units=9_000, smallest_effect=0.02)
    (view,) = arms_views(with_plan(context, plan))
    told = dict(view.arrays(result, None)["blocks"][-1]["rows"])
    assert told["Planned method"] == "One planned look"
    assert told["Planned users"] == {"text": "9,000", "page": "/plan"}
    assert told["Began"] == "3 Jul 2026"


def test_users_are_in_the_summary_and_the_table(context: Context, result: EffectsResult) -> None:
    (view,) = arms_views(context)
    assert view.summary(result) == "20,000 users with Old, 20,000 users with New."
    assert view.table(result).rows[0][:2] == ("Old", 20_000)


def test_an_empty_selection_is_said_so(context: Context, nothing: EffectsResult) -> None:
    (view,) = arms_views(context)
    assert view.summary(nothing) == "No sessions match this selection."
