from typing import Any

from analytics.effects.result import EffectsResult
from dashboard.view import Context
from dashboard.views.experiment.effects import effects_views


def table_of(context: Context, result: EffectsResult) -> dict[str, Any]:
    (view,) = effects_views(context)
    return next(block for block in view.arrays(result, None)["blocks"] if block["kind"] == "table")


def test_each_outcome_is_a_row_with_the_deciding_one_first(context: Context, result: EffectsResult) -> None:
    rows = table_of(context, result)["rows"]
    assert len(rows) == len(result.outcomes)
    assert (rows[0][0]["text"], rows[0][0]["under"]) == ("Conversion rate", "decides")


def test_zero_lies_left_of_an_interval_that_is_above_it(context: Context, result: EffectsResult) -> None:
    drawn = table_of(context, result)["rows"][0][4]
    assert drawn["zero"] < drawn["interval"][0]
    assert drawn["tone"] == "main"
    assert drawn["tip"].startswith("New converts ")


def test_what_is_shown_is_a_word(context: Context, result: EffectsResult, of_three: EffectsResult) -> None:
    assert table_of(context, result)["rows"][0][-1]["text"] == "Higher"
    assert table_of(context, of_three)["rows"][0][-1]["text"] == "Not shown"


def test_several_engines_are_rows_of_one_outcome(context: Context, of_three: EffectsResult) -> None:
    table = table_of(context, of_three)
    assert [row[1] for row in table["rows"][:2]] == ["New", "Third"]
    assert table["rows"][1][0] == ""
    assert len(table["columns"]) == len(table["rows"][0])


def test_p_values_of_other_outcomes_stand_with_their_correction(context: Context, result: EffectsResult) -> None:
    rows = table_of(context, result)["rows"]
    assert rows[0][6].get("under") == ""
    assert rows[1][6]["under"].endswith(" corrected")


def test_the_method_is_told_under_the_table(context: Context, of_three: EffectsResult) -> None:
    (view,) = effects_views(context)
    said = view.arrays(of_three, None)["blocks"][1]["text"].replace("\u00a0", " ")
    assert "always valid at 95 % for all 2 engines together" in said


def test_an_empty_selection_is_one_sentence(context: Context, nothing: EffectsResult) -> None:
    (view,) = effects_views(context)
    assert [block["text"] for block in view.arrays(nothing, None)["blocks"]] == ["No sessions match this selection."]
    assert view.summary(nothing) == "No sessions match this selection."


def test_the_summary_names_what_is_shown(context: Context, result: EffectsResult, of_three: EffectsResult) -> None:
    (view,) = effects_views(context)
    assert view.summary(result).startswith("New converts ")
    assert view.summary(of_three).endswith("Nothing is shown of the other outcomes.")


def test_the_table_has_every_number_unrounded(context: Context, result: EffectsResult) -> None:
    (view,) = effects_views(context)
    table = view.table(result)
    assert len(table.rows) == len(result.outcomes)
    first = dict(zip((column.name for column in table.columns), table.rows[0], strict=True))
    assert first["lift"] == result.outcomes[0].effects[0].lift.value
    assert first["n"] == result.outcomes[0].arms[1].value.n
