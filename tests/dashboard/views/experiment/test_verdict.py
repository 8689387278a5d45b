from typing import Any

from analytics.effects_result import EffectsResult
from dashboard.view import Context
from dashboard.views.experiment.verdict import experiment_verdict_views


def sent(context: Context, result: EffectsResult) -> dict[str, Any]:
    (view,) = experiment_verdict_views(context)
    return dict(view.arrays(result, None))


def test_the_sentence_is_that_of_the_deciding_outcome(context: Context, result: EffectsResult) -> None:
    assert sent(context, result)["headline"] == result.headline


def test_what_decides_stands_beside_the_interval(context: Context, result: EffectsResult) -> None:
    assert sent(context, result)["summary"].endswith("(always valid)")


def test_users_with_many_sessions_are_told(context: Context, result: EffectsResult) -> None:
    assert "wider than if sessions were independent" in sent(context, result)["detail"]


def test_each_lift_has_the_colour_of_its_engine(context: Context, result: EffectsResult) -> None:
    assert [(lift["variant"], lift["color"]) for lift in sent(context, result)["lifts"]] == [("New", 1)]


def test_an_empty_selection_leaves_the_sentence_alone(context: Context, nothing: EffectsResult) -> None:
    told = sent(context, nothing)
    assert (told["summary"], told["detail"], told["lifts"]) == ("", "", [])


def test_the_reader_chooses_what_decides(context: Context) -> None:
    (view,) = experiment_verdict_views(context)
    assert [choice.option for choice in view.choices] == ["experiment-method"]
