"""What a decision says: its word, its sentence, why, what would change it, and which method decides."""

from dataclasses import dataclass
from typing import Literal

from analytics.checks.words import listed
from analytics.decision.result import DecidingEffect, GuardrailStanding, Wait
from analytics.effects.result import EffectsResult
from analytics.estimate import Estimate
from analytics.experiment.verdict import Verdict
from analytics.validity import ValidityResult
from semantic.experiment import Experiment

_METHODS = {
    "sequential": "Intervals that hold at every look decide (a confidence sequence at {level}, {sides}), so looking "
    "every day does not raise false alarms.",
    "fixed": "One look at the planned {units} decides (at {level}, {sides}); nothing is decided before, since that "
    "would raise false alarms.",
    "group_sequential": "{looks} planned looks until {units} decide (at {level}, {sides}); the false alarms that are "
    "allowed are spent over them, hardly any early.",
}
_SIDES = {
    "two-sided": "better and worse are both looked for",
    "greater": "only better is looked for",
    "less": "only worse is looked for",
}


_UNPLANNED = "one look holds at a planned size alone, and none is planned"


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a decision speaks of.

    Attributes
    ----------
    verdict : Verdict
        What to do.
    effects : EffectsResult
        What the treatments do.
    validity : ValidityResult
        Whether that can be trusted.
    experiment : Experiment
        The plan.
    effect : DecidingEffect or None
        The deciding outcome of the treatment that the verdict is about.
    guardrails : tuple of GuardrailStanding
        Of that treatment.
    waits : tuple of Wait
        How long it may still take.
    thing : {"user", "session"}
        What is compared.
    for_whom : str
        What is shown of segments, in a sentence; empty: nothing was looked at.
    n_parts : int
        Parts of the experiment like the one that a filter picked, itself among them; 1: no part is.
    has_chances : bool
        Whether the chances with which engines were drawn are logged.
    """

    verdict: Verdict
    effects: EffectsResult
    validity: ValidityResult
    experiment: Experiment
    effect: DecidingEffect | None
    guardrails: tuple[GuardrailStanding, ...]
    waits: tuple[Wait, ...]
    thing: Literal["user", "session"] = "user"
    for_whom: str = ""
    n_parts: int = 1
    has_chances: bool = False

    @property
    def claim(self) -> str:
        """What the deciding outcome says of the treatment, without a stop."""
        treatments = self.effects.outcomes[0].effects if self.effects.outcomes else ()
        said = [effect.sentence for effect in treatments if effect.treatment == self.verdict.variant]
        return said[0].rstrip(".") if said else ""


def word_of(verdict: Verdict, control: str) -> str:
    """Return a verdict in two or three words.

    Parameters
    ----------
    verdict : Verdict
        What to do.
    control : str
        Name of control.
    """
    return {
        "ship": f"Ship {verdict.variant}",
        "ship_for_segments": f"Ship {verdict.variant} for some",
        "keep": f"Keep {control}",
        "keep_running": "Keep running",
        "cannot_be_answered": "Cannot be answered",
    }[verdict.kind]


def headline_of(known: Known) -> str:
    """Return the verdict in one sentence."""
    verdict, control = known.verdict, known.effects.control
    if verdict.because == "gate":
        return "Cannot be answered: the data of this comparison cannot be trusted."
    if verdict.because == "no_comparison":
        return f"Cannot be answered: {_lowered(known.effects.headline)}"
    if verdict.segments:
        return f"Ship {verdict.variant} for {listed(list(verdict.segments))}; keep {control} elsewhere."
    if verdict.exceptions:
        return (
            f"Ship {verdict.variant}, but keep {control} for {listed(list(verdict.exceptions))}, where it does worse."
        )
    return f"{word_of(verdict, control)}: {_because(known)}."


def _because(known: Known) -> str:
    new, old, plan = known.verdict.variant, known.effects.control, known.experiment
    guardrails = listed([g.label for g in known.guardrails if g.name in known.verdict.guardrails])
    least, margin = percent(plan.smallest_effect), percent(plan.guardrail_margin)
    planned = f"{plan.planned_units:,} {known.thing}s"
    early = f"one look was planned, at {planned}" if plan.planned_units else _UNPLANNED
    return {
        "too_small": f"{new} is at most {percent(_high(known))} better, less than the {least} worth acting on",
        "guardrail": f"{new} makes {guardrails} worse, which must not lose more than {margin}",
        "guardrail_open": f"{known.claim}, but it is not yet shown that {guardrails} loses less than {margin}",
        "part": f"{known.claim} in this part alone, but not after correction for the {known.n_parts} parts like it",
        "size_open": f"{known.claim}, but perhaps by less than the {least} worth acting on",
        "open": f"no difference between {new} and {old} can be shown yet{_outlook(known)}",
        "early": early,
        "not_shown": f"at the planned {planned} no difference is shown",
    }.get(known.verdict.because, known.claim)


def _outlook(known: Known) -> str:
    """Return how long the planned end or lift would take, as the end of a sentence."""
    end = next((wait for wait in known.waits if wait.premise == "end"), None)
    if end is not None:
        return f"; the planned end is {days_of(end)} away" if end.likely != 0 else ""
    wait = next((wait for wait in known.waits if wait.premise == "planned"), None)
    if wait is None or wait.lift is None:
        return ""
    lift = f"a lift of {percent(wait.lift)}"
    if rules_out(known, wait):
        return f", and {lift} or more is ruled out"
    if wait.likely is None:
        return f", and even {lift} would take more than three years"
    return f"; {lift} would take {days_of(wait)} more"


def days_of(wait: Wait) -> str:
    """Return a wait in words, such as "about 12 days (10 to 15)"."""
    if wait.likely is None:
        return "more than three years"
    latest = "more than three years" if wait.latest is None else str(wait.latest)
    day = "day" if wait.likely == 1 else "days"
    return f"about {wait.likely:,} {day} ({wait.soonest} to {latest})"


def rules_out(known: Known, wait: Wait) -> bool:
    """Return whether the interval leaves out a lift that is planned for."""
    high = None if known.effect is None else known.effect.lift.high
    return wait.premise == "planned" and None not in (high, wait.lift) and (high or 0.0) < (wait.lift or 0.0)


def method_statement(known: Known) -> str:
    """Return which method decides, in plain words."""
    effects, plan = known.effects, known.experiment
    said = _METHODS[effects.method].format(
        level=percent(effects.confidence),
        sides=_SIDES[effects.alternative],
        units=f"{plan.planned_units:,} {known.thing}s" if plan.planned_units else "size",
        looks=plan.n_looks,
    )
    n_treatments = max(len(effects.arms) - 1, 1)
    together = f" Intervals hold for all {n_treatments} treatments together." if n_treatments > 1 else ""
    whom = (
        "Users are compared, each with all sessions." if known.thing == "user" else "Sessions are compared as they are."
    )
    return f"{said} {whom}{together}"


def percent(fraction: float) -> str:
    """Return a round fraction in percent, such as a level or a margin, with two digits where it is small.

    Examples
    --------
    >>> percent(0.0431), percent(0.95), percent(0.00042), percent(0.0)
    ('4.3 %', '95 %', '0.042 %', '0 %')
    """
    return f"{measured(fraction).removesuffix(' %').removesuffix('.0')} %"


def measured(fraction: float) -> str:
    """Return a fraction that was measured in percent, with the decimal that tables give it.

    Examples
    --------
    >>> measured(0.12), measured(0.00042), measured(0.0)
    ('12.0 %', '0.042 %', '0.0 %')
    """
    value = 100 * fraction
    return f"{value:.1f} %" if abs(value) >= 0.1 or not value else f"{value:.2g} %"


def signed(fraction: float) -> str:
    """Return a measured fraction in percent with its sign.

    Examples
    --------
    >>> signed(0.0431), signed(-0.2)
    ('+4.3 %', '−20.0 %')
    """
    return f"{'−' if fraction < 0 else '+'}{measured(abs(fraction))}"


def between(lift: Estimate) -> str:
    """Return an interval in words; open where an end is not bounded.

    Examples
    --------
    >>> between(Estimate(0.04, 0.03, 0.05, 9)), between(Estimate(0.04, 0.03, None, 9))
    ('+3.0 to +5.0 %', 'from +3.0 %')
    """
    if lift.low is None and lift.high is None:
        return ""
    if lift.low is None or lift.high is None:
        return f"from {signed(lift.low)}" if lift.low is not None else f"up to {signed(lift.high or 0.0)}"
    return f"{signed(lift.low).removesuffix(' %')} to {signed(lift.high)}"


def _high(known: Known) -> float:
    return 0.0 if known.effect is None else max(known.effect.lift.high or 0.0, 0.0)


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
