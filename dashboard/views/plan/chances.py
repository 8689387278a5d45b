"""How likely smaller and larger lifts are shown with the planned users, by each method."""

from functools import partial

from analytics.planning.plan_result import PowerResult
from analytics.power import METHODS as ORDER
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.chart import axis, chart, reference, series
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import METHODS
from dashboard.views.plan.asked import Card, plan_view
from dashboard.views.plan.words import percent

_HELP = (
    "The chance to show a lift by the planned end, were it true. At the size asked for it is the power wanted; half as "
    "large a lift is shown far less often, so a result that shows nothing does not say that there is nothing."
)
_HALF, _TWICE = 0.5, 2.0


def plan_chances_views(context: Context) -> tuple[View, ...]:
    """Return the card of the chances."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write), partial(_summary, write=write)
    card = Card("plan-chances", "If the lift is smaller, or larger", _HELP, 6, blocks, _table, summary)
    return (plan_view(context, card),)


def _blocks(result: PowerResult, write: NumberFormat) -> list[Block]:
    if not result.by_effect:
        return [paragraph(result.notice or "No number of users suffices.", "quiet")]
    place = ORDER.index(result.method)
    line = series(METHODS[result.method][0], [(point.effect, point.powers[place]) for point in result.by_effect])
    last = result.by_effect[-1].effect
    name = "Loss ruled out" if result.goal == "no_loss" else "Lift that is true"
    asked = percent(result.effect, write)
    lines = [
        reference("", (result.effect, 0.0), (result.effect, result.power)),
        reference(f"{write.rate(result.power, 0)} at {asked}", (0.0, result.power), (last, result.power)),
    ]
    across, up = axis(name, "fraction", (0.0, last)), axis("Chance to show it", "fraction", (0.0, 1.0))
    title = f"Chance to show it with {counted(result.n_units or 0, 'user', write)}"
    return [chart(title, (across, up), [line], lines, _summary(result, write))]


def _summary(result: PowerResult, write: NumberFormat) -> str:
    if not result.by_effect:
        return result.notice or "No number of users suffices."
    place = ORDER.index(result.method)
    told = []
    for factor, words in ((_HALF, "half as large"), (1.0, "as asked"), (_TWICE, "twice as large")):
        near = min(result.by_effect, key=lambda point: abs(point.effect - factor * result.effect))
        told.append(f"{write.rate(near.powers[place], 0)} {words}")
    return f"Shown by the planned end, if the {_thing(result)} is: {', '.join(told)}."


def _thing(result: PowerResult) -> str:
    return "loss" if result.goal == "no_loss" else "lift"


def _table(result: PowerResult) -> Table:
    columns = (
        Column("effect", "Lift", "relative", "The lift that is true, or the loss to be ruled out."),
        *(Column(f"power_{name}", METHODS[name][0], "fraction", "Chance to show it.") for name in ORDER),
    )
    return Table(columns, tuple((point.effect, *point.powers) for point in result.by_effect))
