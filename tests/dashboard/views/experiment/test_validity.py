"""The checks as a card: worst first, numbers and days as configured, policy beside what it did."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.checks.check import Check, Detail
from analytics.validity import ValidityResult
from dashboard.format import NumberFormat
from dashboard.view import Context
from dashboard.views.experiment.validity import validity_views

CHECKS = (
    Check(
        "sample_ratio",
        "Sample ratio",
        "failed",
        "New has 50.6\u00a0% of 200,000 users since 2026-07-01 (p\u00a0<\u00a00.001).",
        "Mend it.",
        2.5e-7,
        (Detail("New, users", 101_200.0, "count"), Detail("New, share", 0.506, "fraction"), Detail("p", 2.5e-7, "p")),
    ),
    Check("crossed_users", "Users under two engines", "passed", "No user was under two engines."),
)
RESULT = ValidityResult("failed", "This comparison cannot be trusted.", ("Old", "New"), (), CHECKS)


def block(context: Context) -> dict[str, Any]:
    (view,) = validity_views(context)
    (made,) = view.arrays(RESULT, None)["blocks"]
    return dict(made)


def test_what_failed_stands_first_with_its_remedy(context: Context) -> None:
    made = block(context)
    assert (made["said"], made["status"]) == ("This comparison cannot be trusted.", "failed")
    assert [(item["status"], item["remedy"]) for item in made["items"]] == [("failed", "Mend it."), ("passed", "")]


def test_numbers_and_days_are_written_as_configured(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "number_format", NumberFormat("₹", "indian"))
    first = block(context)["items"][0]
    text = "New has 50.6 % of 2,00,000 users since 1 Jul 2026 (p < 0.001)."
    assert first["text"].replace("\u00a0", " ") == text
    assert [value.replace("\u00a0", " ") for _, value in first["numbers"]] == ["1,01,200", "50.6 %", "< 0.001"]


def test_the_cleaning_of_users_under_two_engines_is_told(context: Context) -> None:
    cleaning = context.config.cleaning.model_copy(update={"users_in_two_variants": "first"})
    changed = replace(context, config=replace(context.config, cleaning=cleaning))
    assert "kept such users with the engine that they saw first" in block(changed)["items"][1]["text"]


def test_the_table_has_a_row_for_each_check_and_each_number(context: Context) -> None:
    (view,) = validity_views(context)
    rows = view.table(RESULT).rows
    assert [row[0] for row in rows] == ["Sample ratio"] * 4 + ["Users under two engines"]
    assert rows[0][1:3] == ("Failed", 2.5e-7)
    assert rows[2][5:] == ("New, share", 0.506)
    assert view.summary(RESULT) == "This comparison cannot be trusted."
