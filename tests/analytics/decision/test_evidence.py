from dataclasses import replace
from typing import Any

import pytest

from analytics.analysis import Params, Request
from analytics.decision import DECISION
from analytics.decision.evidence import Evidence
from analytics.effects import EFFECTS
from analytics.estimate import Estimate
from semantic.catalog import Catalog
from tests.analytics.decided import answers_of, checked, planned, segment, segmented


def evidence(catalog: Catalog | None = None, lifts: Any = (1, 1), n: Any = (2_000, 2_000), **params: Any) -> Evidence:
    words, request = catalog or planned(), Request(DECISION, params=Params(**params))
    answers = answers_of(request, words, n, lifts)
    own = {name.removeprefix("effects."): a for name, a in answers.items() if name.startswith("effects.")}
    results = {
        "effects": EFFECTS.compute(own, Request(EFFECTS, params=request.params), words),
        "validity": checked("passed").compute({}, request, words),
        "heterogeneity": segmented(segment("Mobile", "gains")),
    }
    return Evidence(answers, request, words, results)


@pytest.mark.parametrize(
    ("plan", "stage"),
    [
        ({}, "open"),
        ({"method": "fixed", "planned_units": 5_000}, "early"),
        ({"method": "fixed", "planned_units": 4_000}, "over"),
        ({"method": "group_sequential", "planned_units": 5_000}, "open"),
        ({"method": "group_sequential", "planned_units": 4_000}, "over"),
    ],
)
def test_the_stage_follows_from_plan_and_users(plan: dict[str, Any], stage: str) -> None:
    assert evidence(planned(**plan)).rules.stage == stage


def test_a_candidate_holds_metric_guardrails_segments_and_whom_it_beats() -> None:
    catalog = planned(guardrails=("mean_revenue",))
    new, third = evidence(catalog, (1.6, 1, 1.2), (20_000, 20_000, 20_000)).candidates()
    assert (new.variant, [g.name for g in new.guardrails]) == ("New", ["mean_revenue"])
    assert ([s.name for s in new.segments], third.segments) == (["Mobile"], ())
    assert (new.beats, third.beats) == (frozenset({"Third"}), frozenset())


def test_a_guardrail_that_is_worse_by_itself_alone_is_not_broken() -> None:
    asked = evidence(planned(guardrails=("mean_revenue",), guardrail_margin=0.0))
    (outcome,) = (o for o in asked.effects.outcomes if o.is_guardrail)
    loss = Estimate(-2.0, -3.0, -1.0, 100)
    for shown, is_worse in (("less", True), ("hint", False)):
        effect = replace(outcome.effects[0], difference=loss, lift=loss, shown=shown)  # type: ignore[arg-type]
        told = replace(asked.effects, outcomes=(asked.effects.outcomes[0], replace(outcome, effects=(effect,))))
        (new,) = replace(asked, results={**asked.results, "effects": told}).candidates()
        assert new.guardrails[0].is_worse == is_worse
        assert not new.guardrails[0].is_above(0.0)


def test_an_end_that_nothing_bounds_is_infinite() -> None:
    (new,) = evidence(alternative="greater").candidates()
    assert new.metric.difference[2] in (1.0, float("inf"))
    assert new.metric.lift[2] == float("inf")


def test_without_control_there_is_no_candidate() -> None:
    assert evidence(n=(500, 0)).candidates() == []
