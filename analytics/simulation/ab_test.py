"""AB_TEST: experiments looked at in several ways; false alarms, power, stopping days, estimates."""

from collections.abc import Mapping
from typing import Any

from analytics.simulation.draws import BLOCK
from analytics.simulation.engine import blocks, simulated
from analytics.simulation.fields import Field
from analytics.simulation.kind import Kind, Tell
from analytics.simulation.scenario import Faults, Scenario, check
from analytics.simulation.simulated import Simulated
from config import Config

LOOKS = (("1", "every day"), ("7", "every week"), ("0", "once, at the end"))
CONFIDENCE = Field("confidence", "Confidence", "percent", "95", "%", "Level of the tests and intervals.")
REPETITIONS = Field("repetitions", "Experiments", "number", "5000", "", "How often the experiment is run over again.")
SEED = Field("seed", "Seed", "number", "1", "", "Equal settings with an equal seed have the same result.")

FIELDS = (
    Field("rate", "Conversion rate of control", "percent", "12", "%", "Conversions per session."),
    Field("effects", "True effects", "percents", "0", "%", "Lift of each other variant; 0 where nothing differs."),
    Field("users", "New users a day", "number", "1000", "", "All variants together."),
    Field("days", "Days", "number", "20", "days", "How long it runs at most."),
    Field("looks", "Looked at", "choice", "1", "", "How often somebody looks and may stop.", LOOKS),
    Field("sessions", "Sessions a user", "number", "1", "", "On average; those of one user may convert alike."),
    Field("correlation", "Likeness of a user's sessions", "number", "0", "", "Intra-class correlation, 0 to 0.95."),
    Field("shares", "Shares", "numbers", "", "", "Of control and the others, such as 80 20; empty: equal."),
    CONFIDENCE,
    REPETITIONS,
    SEED,
    Field("lost", "Users lost", "percent", "0", "%", "Of the other variants, not recorded.", is_extra=True),
    Field("lost-from", "Lost from day", "number", "1", "", "From which day on.", is_extra=True),
    Field("lost-rate", "Lost users convert", "percent", "100", "%", "By those who are kept.", is_extra=True),
    Field("half-life", "Effect fades by half in", "number", "0", "days", "0: it stays.", is_extra=True),
    Field("weekend-rate", "Rate at weekends", "percent", "100", "%", "Of the other days'.", is_extra=True),
    Field("weekend-traffic", "Traffic at weekends", "percent", "100", "%", "Of the other days'.", is_extra=True),
)


def scenario_of(values: Mapping[str, Any]) -> Scenario:
    """Return the scenario of the values of the fields; raises InputError where it cannot be run."""
    names = ("lost", "lost-from", "lost-rate", "half-life", "weekend-rate", "weekend-traffic")
    lost, lost_from, lost_rate, half_life, weekend_rate, weekend_traffic = (values[name] for name in names)
    faults = Faults(lost, int(lost_from), lost_rate, half_life, weekend_rate, weekend_traffic)
    return check(
        Scenario(
            rate=values["rate"],
            lifts=values["effects"],
            shares=values["shares"],
            users_a_day=values["users"],
            days=int(values["days"]),
            every=min(int(values["looks"]), int(values["days"])),
            sessions=values["sessions"],
            correlation=values["correlation"],
            confidence=values["confidence"],
            repetitions=int(values["repetitions"]),
            seed=int(values["seed"]),
            faults=faults,
        )
    )


def run_ab_test(scenario: Scenario, tell: Tell, _: Config) -> Simulated:
    """Return what a scenario comes to, telling after each thousand experiments."""
    parts = []
    for part in blocks(scenario):
        parts.append(part)
        tell(min(len(parts) * BLOCK / scenario.repetitions, 1.0))
    return simulated(scenario, parts)


AB_TEST = Kind(
    "test",
    "A/B test",
    "How often each way of deciding is right, when it stops, and how large it says the effect is.",
    FIELDS,
    scenario_of,
    run_ab_test,
    Simulated,
)
