"""The headline of the simulator: what came of it, in words first."""

from collections.abc import Callable

from analytics.simulation.scenario import Scenario
from analytics.simulation.simulated import Simulated, Traffic
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.simulate.bandit import bandit_headline
from dashboard.sheets.simulate.interleaving import interleaving_headline
from dashboard.sheets.simulate.ramp import ramp_headline
from dashboard.sheets.simulate.shown import Run, run_of
from dashboard.sheets.simulate.words import between, lift, looking, outcome_of, rate
from dashboard.table import Column, Table

_OPENING = "Try an experiment a thousand times before you run it once."
_CHANGED = "These settings have not been run yet."
_COUNTED = {"bandit": "runs of each policy", "ramp": "runs of each effect", "interleaving": "sessions in each way"}
_COLUMNS = (Column("setting", "Setting"), Column("value", "Value"))


def headline(facts: Facts) -> str:
    """Return what came of the simulation in a sentence, or what the page is for."""
    for kind, said in _HEADLINES.items():
        if run := run_of(facts, kind):
            return said(run)
    found = facts.simulation
    return _OPENING if found.is_asked or found.status.state in ("waiting", "running") else _CHANGED


def experiment_headline(run: Run) -> str:
    """Return what came of an A/B test in a sentence."""
    found, scenario, write = run.result, run.scenario, run.write
    return _of_nothing(found, scenario, write) if found.is_null else _of_effects(found, scenario, write)


def _of_nothing(found: Simulated, scenario: Scenario, write: NumberFormat) -> str:
    level, once = write.level(scenario.confidence), rate(outcome_of(found, "once").called, write)
    if len(found.look_days) == 1:
        return f"A fixed {level} test, once at the end, calls a winner in {once} of experiments where nothing differs."
    peeking, valid = (rate(outcome_of(found, name).called, write) for name in ("peeking", "always_valid"))
    return (
        f"Looking {looking(scenario)} with a fixed {level} test calls a winner in {peeking} of experiments in which "
        f"nothing differs; the always-valid interval in {valid}."
    )


def _of_effects(found: Simulated, scenario: Scenario, write: NumberFormat) -> str:
    once, valid = (outcome_of(found, name) for name in ("once", "always_valid"))
    effects = " and ".join(lift(each, write) for each in found.lifts)
    days = found.look_days[-1]
    return (
        f"A true lift of {effects} is found by one test after {days} days in {rate(once.called, write)} of "
        f"experiments; by the always-valid interval, looked at {looking(scenario)}, in {rate(valid.called, write)}, "
        f"which stops on average on day {write.fixed(valid.mean_day.value or 0.0, 0)}."
    )


def summary(facts: Facts) -> str:
    """Return how much was simulated, and what the check of the sample ratio says."""
    run = run_of(facts, "test", "replay")
    if run is None:
        fault = facts.simulation.fault
        return f"{fault[:1].upper()}{fault[1:]}." if fault else _asked(facts)
    found, write = run.result, run.write
    said = f"{write.count(found.n)} experiments of {write.count(found.n_users)} users, seed {run.scenario.seed}."
    if found.traffic:
        return f"{said} {_replayed(found.traffic, write)}"
    failed = found.ratio_failed
    check = f"The check of the sample ratio fails in {rate(failed, write)} of them ({between(failed, write)})."
    return f"{said} {check}" if run.scenario.faults.lost or (failed.value or 0) > 0.01 else said


_HEADLINES: dict[str, Callable[[Run], str]] = {
    "test": experiment_headline,
    "replay": experiment_headline,
    "bandit": bandit_headline,
    "ramp": ramp_headline,
    "interleaving": interleaving_headline,
}


def _replayed(traffic: Traffic, write: NumberFormat) -> str:
    sessions = write.count(traffic.n_sessions)
    is_sample = traffic.n_sessions < traffic.n_all
    part = (
        f"{sessions} of {write.count(traffic.n_all)} sessions, those of some users"
        if is_sample
        else sessions + " sessions"
    )
    return (
        f"Your own users over {traffic.n_days} days ({part}), assigned anew each time: they keep their days, their "
        f"visits and their conversions ({write.rate(traffic.rate)})."
    )


def _asked(facts: Facts) -> str:
    settings, result = facts.simulation.settings, facts.simulation.result
    if settings is None or result is None:
        return settings.kind.says if settings else ""
    n, seed = facts.write.count(result.n), settings.texts["seed"]
    return f"{n} {_COUNTED[settings.kind.name]}, seed {seed}. {settings.kind.says}"


def _blocks(facts: Facts) -> list[Block]:
    return [paragraph(headline(facts)), paragraph(summary(facts))]


def _table(facts: Facts) -> Table:
    settings = facts.simulation.settings
    labels = {field.name: field.label for field in settings.kind.fields} if settings else {}
    rows = ((labels[name], text) for name, text in settings.texts.items()) if settings else ()
    return Table(_COLUMNS, tuple(rows))


HEADLINE = Sheet(
    "simulate-headline",
    "What would happen?",
    _blocks,
    _table,
    headline,
    page="simulate",
    painter="sheet-headline",
)
