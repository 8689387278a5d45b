"""What a decision speaks of, made by hand."""

import dataclasses
from typing import Any

from analytics.decision.result import DecidingEffect, GuardrailStanding, Wait
from analytics.decision.words import Known
from analytics.effects.result import EffectsResult
from analytics.estimate import Estimate
from analytics.experiment.verdict import Verdict
from analytics.validity import ValidityResult
from semantic.experiment import Experiment

EFFECTS = EffectsResult("Old", "sequential", 0.95, "two-sided", "Only Old is in this selection.", (), 0, (), ())
GATE = ValidityResult("passed", "Nothing speaks against it.", ("Old", "New"), (), ())
LIFT = Estimate(0.04, 0.01, 0.07, 900)
EFFECT = DecidingEffect(
    "conversion_rate", "Conversion rate", "fraction", "session", Estimate(0.21, 0.2, 0.22, 450),
    Estimate(0.2, 0.19, 0.21, 450), Estimate(0.01, 0.002, 0.02, 900), LIFT, 0.01, 1e-9, 0.008,
)  # fmt: skip
PLAN = Experiment(smallest_effect=0.02, planned_units=20_000)
GUARDRAIL = GuardrailStanding("mean_revenue", "Revenue per session", Estimate(-0.1, -0.2, -0.05, 900), "broken")
PLANNED, OBSERVED = Wait("planned", 0.1, 4_000, 12, 10, 15), Wait("observed", 0.001, None, None, None, None)


def known(verdict: Verdict, **more: Any) -> Known:
    """Return what is known, with some of it otherwise."""
    return dataclasses.replace(Known(verdict, EFFECTS, GATE, PLAN, EFFECT, (GUARDRAIL,), (PLANNED, OBSERVED)), **more)
