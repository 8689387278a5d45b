"""The filter bar has a control for every dimension."""

from dashboard.components.filters import filter_bar
from dashboard.view import Context


def test_every_dimension_has_a_control_engine_first_and_numbers_last(context: Context) -> None:
    text = filter_bar(context)
    controls = [part for part in text._traverse() if "control" in str(getattr(part, "className", "")).split()]
    names = [name for part in controls if (name := part.to_plotly_json()["props"].get("data-dimension"))]
    assert names == [
        "variant",
        "device",
        "location",
        "category",
        "gender",
        "age",
        "day",
        "time_spent_s",
        "pages_viewed",
    ]


def test_the_legend_names_every_engine_in_its_colour(context: Context) -> None:
    *engines, pale = filter_bar(context).children[-1].children
    assert pale.hidden
    assert [(item.children[1], item.children[0].style["background"]) for item in engines] == [
        ("Old", "var(--variant-0)"),
        ("New", "var(--variant-1)"),
    ]


def test_the_baseline_is_chosen_at_the_end_of_the_bar(context: Context) -> None:
    parts = [getattr(part, "id", "") for part in filter_bar(context).children[0].children]
    assert parts[-3:-1] == ["compare", "clear-all"]


def test_undo_and_redo_stay_together(context: Context) -> None:
    steps = filter_bar(context).children[0].children[-1]
    assert [step.id for step in steps.children] == ["undo", "redo"]
