"""Why a decision is as it is, and what would change it, in sentences."""

from collections.abc import Callable

from analytics.checks.words import listed
from analytics.decision.result import DecidingEffect, GuardrailStanding, Wait
from analytics.decision.words import Known, between, days_of, measured, percent, rules_out, signed
from analytics.outcome import CONVERSION

_BY_CHANCES = (
    "Engines were drawn with logged chances: where these explain the shares, What another choice would have brought "
    "answers, since it weighs each session by its chance."
)


def reasons_of(known: Known) -> tuple[str, ...]:
    """Return why, the weightiest first."""
    gate = _gate(known)
    numbers = [
        _numbers(known),
        *map(_guardrail(known), known.guardrails),
        _unguarded(known),
        _part(known),
        known.for_whom,
        _alike(known),
        _loss(known),
    ]
    found = [*gate, *numbers] if known.validity.status in ("failed", "warning") else [*numbers, *gate]
    return tuple(dict.fromkeys(filter(None, found)))


def _gate(known: Known) -> list[str]:
    bad = [check.sentence for check in known.validity.checks if check.status in ("failed", "warning")]
    return [known.validity.headline, *bad]


def _numbers(known: Known) -> str:
    effect, control = known.effect, known.effects.control
    if effect is None or effect.lift.value is None:
        return ""
    level = percent(known.effects.confidence)
    ends = between(effect.lift)
    interval = f" ({level} interval {ends})" if ends else ""
    rates = ""
    if effect.unit == "fraction" and effect.treatment.value is not None and effect.control.value is not None:
        new, old = measured(effect.treatment.value), measured(effect.control.value)
        rates = f"{new} with {known.verdict.variant}, {old} with {control}, "
    return f"{effect.label}: {rates}a lift of {signed(effect.lift.value)}{interval}."


def _guardrail(known: Known) -> Callable[[GuardrailStanding], str]:
    margin = percent(known.experiment.guardrail_margin)
    said = {
        "held": f"is shown to lose less than the {margin} that is accepted",
        "open": f"is not yet shown to lose less than the {margin} that is accepted",
        "broken": f"gets worse, perhaps by more than the {margin} that is accepted",
    }

    def sentence(guardrail: GuardrailStanding) -> str:
        ends = between(guardrail.lift)
        return f"{guardrail.label} {said[guardrail.status]}{f' (lift {ends})' if ends else ''}."

    return sentence


def _unguarded(known: Known) -> str:
    is_shipped = known.verdict.kind in ("ship", "ship_for_segments")
    told = "No guardrail is planned (experiment.guardrails), so no other metric could stop this."
    return told if is_shipped and not known.guardrails else ""


def _part(known: Known) -> str:
    """Return what a filter does to a claim: whoever picks the best of many has picked luck too."""
    if known.n_parts == 1 or known.effect is None:
        return ""
    return (
        f"One of {known.n_parts:,} parts like it is selected, perhaps for what it shows, which is partly luck: "
        "the verdict holds it to a level for all of them, intervals and p-values beside it are of this part alone."
    )


def _alike(known: Known) -> str:
    others = known.verdict.alike
    if not others:
        return ""
    return (
        f"{listed(list(others))} can be shipped as well: {known.verdict.variant} is not shown to be better than that."
    )


def _loss(known: Known) -> str:
    effect, verdict, control = known.effect, known.verdict, known.effects.control
    if effect is None or effect.loss_of_shipping is None or effect.loss_of_keeping is None:
        return ""
    costs = [_cost(loss, effect) for loss in (effect.loss_of_shipping, effect.loss_of_keeping)]
    if "" in costs:
        return ""
    return f"Deciding now costs on average {costs[0]} if {verdict.variant} is shipped, {costs[1]} if {control} is kept."


def _cost(loss: float, effect: DecidingEffect) -> str:
    if effect.outcome == CONVERSION:
        return f"{_few(1000 * loss)} conversions in 1,000 sessions" if loss >= 5e-6 else "next to nothing"
    base = effect.control.value
    return f"{percent(loss / abs(base))} of {effect.label[:1].lower()}{effect.label[1:]}" if base else ""


def _few(number: float) -> str:
    """Return a number with two digits where it is small."""
    return f"{number:.0f}" if number >= 99.5 else f"{number:.2g}"


def changes_of(known: Known) -> tuple[str, ...]:
    """Return what would change the verdict."""
    verdict, plan = known.verdict, known.experiment
    if verdict.because == "gate":
        remedies = (c.remedy for c in known.validity.checks if c.status == "failed" and c.remedy)
        return (*([_BY_CHANCES] if known.has_chances else []), *remedies)
    if verdict.because == "no_comparison":
        return ("Sessions of at least two engines in the selection, control among them.",)
    if verdict.because == "early":
        return ("Reaching a planned size (experiment.planned_units).",)
    if verdict.kind == "keep_running":
        return (*_on_waiting(known), "A check of the data that fails: then nothing can be answered.")
    new, more = verdict.variant, "Another experiment with more users: the planned end is reached."
    guarded = ", or a guardrail that gets worse" if known.guardrails else ""
    told = {
        "better": f"A check of the data that fails{guarded}. Every value in the interval is better than "
        f"{known.effects.control}, so more of the same data would hardly change it.",
        "segments": "Other segments that are shown to gain, or these no longer, as more users come.",
        "worse": f"Another {new}: all values in the interval are worse.",
        "too_small": f"A smaller lift being worth acting on than {percent(plan.smallest_effect)}.",
        "guardrail": f"More loss accepted than {percent(plan.guardrail_margin)}, or a {new} that spares the guardrail.",
        "guardrail_open": more,
        "part": more,
        "not_shown": more,
    }[verdict.because]
    return (told,)


def _on_waiting(known: Known) -> tuple[str, ...]:
    return tuple(sentence for wait in known.waits if not rules_out(known, wait) and (sentence := _waited(known, wait)))


def _waited(known: Known, wait: Wait) -> str:
    if wait.premise == "end":
        return f"The planned end: {known.experiment.planned_units:,} {known.thing}s, after {days_of(wait)}."
    if wait.lift is None or wait.likely == 0:
        return ""
    asked, seen = f"a lift of {percent(wait.lift)}", f"the lift seen so far ({signed(wait.lift)})"
    whose = asked if wait.premise == "planned" else seen
    if wait.likely is None:
        return f"Were {whose} true, showing it would take more than three years of this traffic."
    sessions = "" if wait.n_sessions is None else f", with {wait.n_sessions:,} sessions more"
    return f"Were {whose} true, it would be shown after {days_of(wait)}{sessions}."
