"""The head of the page: what to do, why, what would change it, and the lift drawn beside it."""

from functools import partial

from analytics.decision import DECISION
from analytics.decision.result import DecisionResult
from dashboard.format import NumberFormat
from dashboard.table import Cell, Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View
from dashboard.views.experiment.shown import METHODS, PAGE, experiment_params, lift_ends, method_choice

_LISTS = (("reason", "reasons"), ("change", "changes"))


def experiment_verdict_views(context: Context) -> tuple[View, ...]:
    """Return the memo that answers the page's question."""
    write = context.number_format
    places = {variant: place for place, variant in enumerate(context.variants)}
    return (
        View(
            name="experiment-verdict",
            title="",
            page=PAGE,
            analysis=DECISION,
            dimensions=(),
            painter="verdict-memo",
            arrays=partial(_arrays, write=write, places=places),
            table=partial(decision_table, write=write),
            summary=partial(_said, write=write),
            params=experiment_params(context),
            choices=(method_choice(context),),
        ),
    )


def _arrays(result: DecisionResult, _: None, write: NumberFormat, places: dict[str, int]) -> Arrays:
    effect = result.effect
    lifts = [] if effect is None else [(result.treatment, effect.lift)]
    return {
        "kind": result.kind,
        "word": result.word,
        "headline": _headline(result, write),
        "summary": _summary(result, write),
        "reasons": _told(result, result.reasons, write),
        "changes": _told(result, result.changes, write),
        "detail": " ".join(_told(result, (result.method_statement, *result.warnings), write)),
        "confidence": result.confidence,
        "lifts": [
            {"variant": variant, "color": places[variant], "value": lift.value, "low": lift.low, "high": lift.high}
            for variant, lift in lifts
            if lift.value is not None
        ],
    }


def _headline(result: DecisionResult, write: NumberFormat) -> str:
    """Return the sentence without the word that stands above it."""
    (sentence,) = _told(result, (result.headline,), write)
    rest = sentence.removeprefix(f"{result.word}: ")
    return f"{rest[:1].upper()}{rest[1:]}"


def _told(result: DecisionResult, sentences: tuple[str, ...], write: NumberFormat) -> list[str]:
    """Return sentences with their numbers as configured."""
    names = [name for name in (result.control, result.treatment, *result.alike) if name]
    return [write.regrouped(sentence, names) for sentence in sentences]


def _said(result: DecisionResult, write: NumberFormat) -> str:
    return _told(result, (result.headline,), write)[0]


def _summary(result: DecisionResult, write: NumberFormat) -> str:
    """Return the interval of the lift with what is behind it; empty where nothing compares."""
    if result.effect is None:
        return ""
    level, ends = write.level(result.confidence), lift_ends(result.effect.lift, write)
    interval = [f"{level} interval of the lift {ends} ({METHODS[result.method][0].lower()})"] if ends else []
    sizes = [f"{write.count(result.n_users)} users", f"{write.count(result.n_sessions)} sessions"]
    return " · ".join([*interval, *sizes])


def decision_table(result: DecisionResult, write: NumberFormat) -> Table:
    """Return the verdict, its sentences and the numbers behind it.

    Parameters
    ----------
    result : DecisionResult
        The decision.
    write : NumberFormat
        How numbers in sentences are written.
    """
    told = [("verdict", result.word), ("sentence", _said(result, write)), ("method", result.method_statement)]
    told += [(about, text) for about, name in _LISTS for text in _told(result, getattr(result, name), write)]
    empty: tuple[Cell, ...] = (None,) * 4
    rows: list[tuple[Cell, ...]] = [(about, text, *empty) for about, text in told]
    if result.effect is not None:
        rows.append(("lift", result.effect.label, *estimate_cells(result.effect.lift)))
    rows += [("guardrail", f"{g.label}: {g.status}", *estimate_cells(g.lift)) for g in result.guardrails]
    meant = "The treatment's relative difference from control."
    columns = (
        Column("about", "About"),
        Column("says", "Says"),
        *estimate_columns("lift", "Lift", "relative", meant),
    )
    return Table(columns, tuple(rows))
