import dataclasses
from datetime import date

from analytics.effects.result import EffectsResult
from dashboard.view import Context
from dashboard.views.experiment.effects_detail import effects_detail_views
from tests.analytics.effects.test_effects import effects, planned


def test_a_chance_that_is_nearly_one_is_not_said_to_be(context: Context, result: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    table, _ = view.arrays(result, None)["blocks"]
    assert table["rows"][0][1].replace("\u00a0", " ") == "> 99.9 %"
    assert view.summary(result).replace("\u00a0", " ").endswith("> 99.9 % for New.")


def test_what_was_known_before_is_a_column_where_anything_was(context: Context, result: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    known = effects(catalog=planned(started_on=date(2026, 3, 1)))
    heads = [[column["label"] for column in view.arrays(one, None)["blocks"][0]["columns"]] for one in (result, known)]
    assert "Lift less what was known" not in heads[0]
    assert "Lift less what was known" in heads[1]


def test_losses_of_both_choices_are_told(context: Context, result: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    loss = view.arrays(result, None)["blocks"][0]["rows"][0][2]
    assert loss["text"].replace("\u00a0", " ") == "0.00 pt"
    assert loss["under"].endswith("keeping control")


def test_figures_that_do_not_exist_are_dashes(context: Context, result: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    effect = dataclasses.replace(result.outcomes[0].effects[0], chance_to_beat=None, loss_of_treatment=None)
    outcome = dataclasses.replace(result.outcomes[0], effects=(effect,))
    row = view.arrays(dataclasses.replace(result, outcomes=(outcome,)), None)["blocks"][0]["rows"][0]
    assert (row[1], row[2]["text"]) == ("–", "–")


def test_the_table_has_a_row_for_each_engine(context: Context, of_three: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    assert len(view.table(of_three).rows) == 2 * len(of_three.outcomes)


def test_an_empty_selection_is_one_sentence(context: Context, nothing: EffectsResult) -> None:
    (view,) = effects_detail_views(context)
    assert view.summary(nothing) == "No sessions match this selection."
