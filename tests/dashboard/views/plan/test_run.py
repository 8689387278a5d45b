from dataclasses import replace
from typing import Any

import pytest

from analytics.experiment.power.pace import Span
from analytics.planning.plan_result import PowerResult
from dashboard.view import Context
from dashboard.views.plan.run import plan_run_views


def with_left(result: PowerResult, **left: Any) -> PowerResult:
    (run,) = result.runs
    return replace(result, runs=(replace(run, left=replace(run.left, **left)),))


def said(context: Context, result: PowerResult) -> str:
    (view,) = plan_run_views(context)
    return view.summary(result).replace("\u00a0", " ")


OPEN = {"planned_end": Span(20, 15, 30), "power_if_planned": 0.6, "predictive": 0.4, "is_futile": False}


def test_days_to_the_end_and_the_chance_are_told(context: Context, found: PowerResult) -> None:
    assert said(context, with_left(found, **OPEN)).startswith("New has 20 days to go to the planned end, and then")
    (view,) = plan_run_views(context)
    first, caution, _ = view.arrays(with_left(found, **OPEN), None)["blocks"]
    rows = dict(first["blocks"][2]["rows"])
    assert rows["To the planned end"] == {"text": "20 days", "under": "15 to 30 days"}
    assert "never whether" in caution["text"]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"power_if_planned": 1.0}, "shown it already"),
        ({"planned_end": Span(0, 0, 0), "power_if_planned": 0.5}, "as many users as planned"),
        (OPEN | {"is_futile": True}, "Going on is futile"),
        (OPEN | {"planned_end": Span(None, 900, None)}, "more than three years to go"),
    ],
)
def test_each_state_of_a_run_has_its_sentence(context: Context, found: PowerResult, left, words: str) -> None:
    assert words in said(context, with_left(found, **left))


def test_only_what_is_always_valid_is_told_of_days_beyond(context: Context, found: PowerResult) -> None:
    (view,) = plan_run_views(context)
    labels = [
        [label for label, _ in view.arrays(result, None)["blocks"][0]["blocks"][2]["rows"]]
        for result in (found, replace(found, method="fixed"))
    ]
    assert len(labels[0]) == len(labels[1]) + 1


def test_the_card_leads_back_to_the_experiment(context: Context, found: PowerResult) -> None:
    (view,) = plan_run_views(context)
    assert view.arrays(found, None)["blocks"][-1]["path"] == "/experiment"


def test_without_a_run_it_says_so(context: Context, nothing: PowerResult, found: PowerResult) -> None:
    assert said(context, nothing) == nothing.notice
    (view,) = plan_run_views(context)
    assert view.arrays(replace(found, runs=()), None)["blocks"][0]["text"].startswith("Nothing is known")
    assert view.table(found).rows[0][0] == "New"
