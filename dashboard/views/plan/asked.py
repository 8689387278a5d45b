"""What the reader asks the planner: choices and numbers that stand in the URL, and the card that they make."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from analytics import Params
from analytics.outcome import outcomes_of, primary_of
from analytics.power import POWER
from dashboard.dial import Dial
from dashboard.sheets.blocks import Block
from dashboard.table import Table
from dashboard.view import Arrays, Choice, Context, View
from dashboard.views.experiment.shown import METHODS, TAILS

PAGE = "plan"
GOAL = Choice("plan-goal", "To", (("lift", "show a lift"), ("no_loss", "rule out a loss")))
TAIL = Choice("plan-tail", "Looked for", tuple(TAILS.items()))
POWERS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)
_EFFECTS = (0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5)
_LEVELS = (0.8, 0.9, 0.95, 0.98, 0.99, 0.999)
_PARTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_POWER = Dial("plan-power", "Shown in so many cases (power)", POWERS, 0.8)
_TRAFFIC = Dial("plan-traffic", "Users who take part", (*_PARTS, 1.0), 1.0)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card of the planner is.

    Attributes
    ----------
    name, title, help : str
        As in `View`.
    width : {4, 6, 8, 12}
        Columns of twelve.
    blocks, table, summary : callable
        From the plan to what is drawn, to rows, and to one sentence.
    """

    name: str
    title: str
    help: str
    width: int
    blocks: Callable[[Any], list[Block]]
    table: Callable[[Any], Table]
    summary: Callable[[Any], str]


def metric_choice(context: Context) -> Choice:
    """Return the choice of what is compared; what decides stands first."""
    catalog = context.config.catalog
    first = primary_of(catalog).name
    known = sorted(outcomes_of(catalog), key=lambda outcome: outcome.name != first)
    return Choice("plan-metric", "Measured by", tuple((outcome.name, outcome.label) for outcome in known))


def method_choice(context: Context) -> Choice:
    """Return the choice of what decides; what was planned stands first."""
    planned = context.config.catalog.experiment.method
    known = sorted(METHODS, key=lambda name: name != planned)
    return Choice("plan-method", "Decided by", tuple((name, METHODS[name][0]) for name in known))


def dials(context: Context) -> tuple[Dial, ...]:
    """Return the numbers that are dragged: effect, power, level, part of the traffic, and of the treatment."""
    smallest = context.config.catalog.experiment.smallest_effect or 0.02
    level, share = context.config.display.confidence, _planned_share(context)
    return (
        Dial("plan-effect", "Lift or loss that matters", _with(_EFFECTS, smallest), smallest),
        _POWER,
        Dial("plan-level", "Confidence", _with(_LEVELS, level), level),
        _TRAFFIC,
        Dial("plan-share", f"Of them, with {_treatment(context)}", _with(_PARTS, share), share),
    )


def plan_params(context: Context) -> Params:
    """Return what every card of the page asks."""
    effect, power, level, traffic, share = (dial.chosen(context.options) for dial in dials(context))
    options = context.options
    return replace(
        context.params,
        metric=metric_choice(context).chosen(options),
        method=method_choice(context).chosen(options),
        alternative=TAIL.chosen(options),
        goal=GOAL.chosen(options),
        effect=effect,
        power=power,
        confidence=level,
        traffic_share=traffic,
        treatment_share=0.0 if share == _planned_share(context) else share,
    )


def plan_view(context: Context, card: Card, **more: Any) -> View:
    """Return a card of the page that is drawn as a sheet.

    Parameters
    ----------
    context : Context
        What views are made from.
    card : Card
        What it is.
    **more
        Fields of `View` beside.
    """

    def arrays(result: Any, _: Any) -> Arrays:
        return {"blocks": card.blocks(result)}

    return View(
        name=card.name,
        title=card.title,
        page=PAGE,
        analysis=POWER,
        dimensions=(),
        painter="sheet",
        arrays=arrays,
        table=card.table,
        summary=card.summary,
        params=plan_params(context),
        help=card.help,
        width=card.width,
        **more,
    )


def _planned_share(context: Context) -> float:
    """Return the planned part of the treatments."""
    return round(1 - context.config.catalog.experiment.share_of(context.variants)[0], 6) if context.variants else 0.5


def _treatment(context: Context) -> str:
    return " or ".join(context.variants[1:]) or "the treatment"


def _with(values: tuple[float, ...], usual: float) -> tuple[float, ...]:
    return tuple(sorted({*values, usual}))
