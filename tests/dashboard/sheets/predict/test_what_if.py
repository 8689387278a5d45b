"""What if: each value of each attribute with its chance, and what a press on it puts into the URL."""

from typing import Any

import pytest

from dashboard.sheets.predict.what_if import WHAT_IF, ordered, value_of
from model.examples import OTHER, Feature
from model.prediction import Option
from tests.dashboard.sheets.predict.conftest import Ask, told

DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop", OTHER))


def ladders(ask: Ask, **options: str) -> dict[str, Any]:
    """Return the rows by the label of their attribute."""
    chosen = {f"session-{name}": value for name, value in options.items()}
    (found,) = (block for block in WHAT_IF.blocks(ask(chosen)) if block["kind"] == "beside")
    return {block["label"]: block["rows"] for block in found["blocks"]}


def test_every_row_chooses_what_it_shows(ask: Ask) -> None:
    for row in ladders(ask)["Device"]:
        (now,) = [one for one in ladders(ask, device=row["value"])["Device"] if one["is_current"]]
        assert (now["label"], now["text"]) == (row["label"], row["text"])


def test_numbers_rise_and_are_written_as_in_a_url(ask: Ask) -> None:
    values = [float(row["value"]) for row in ladders(ask)["Age"] if row["value"] != "unknown"]
    assert values == sorted(values)


def test_unknown_is_marked_where_it_holds(ask: Ask) -> None:
    (now,) = [row for row in ladders(ask, device="unknown")["Device"] if row["is_current"]]
    assert (now["label"], now["value"]) == ("unknown", "unknown")


def test_members_fall_by_chance_and_the_others_come_last() -> None:
    options = tuple(Option(name, p, False, float(i)) for i, (name, p) in enumerate(
        [("Mobile", 0.1), ("Desktop", 0.2), (OTHER, 0.9)]))  # fmt: skip
    assert [one.value_text for one in ordered(DEVICE, options)] == ["Desktop", "Mobile", OTHER]


@pytest.mark.parametrize(("number", "text"), [(1.0, "Desktop"), (float("nan"), "unknown")])
def test_the_value_of_a_code_is_its_member(number: float, text: str) -> None:
    assert value_of(DEVICE, number) == text


def test_the_table_has_each_value_with_what_was_observed(ask: Ask) -> None:
    rows = WHAT_IF.table(ask()).rows
    assert {row[0] for row in rows} == set(ladders(ask))
    assert all(row[3] <= row[4] and row[5] > 0 for row in rows)


def test_the_sentence_names_the_highest_other_value(ask: Ask) -> None:
    assert "Scored highest with one other value: " in told(ask(), WHAT_IF)
