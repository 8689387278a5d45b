"""What the reader asks for, and the users that each engine needs for it."""

from functools import partial

from analytics.planning.plan_result import PowerResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block, cell, paragraph, rows_of
from dashboard.view import Context, View
from dashboard.views.plan.asked import TAIL, Card, dials, method_choice, metric_choice, plan_view
from dashboard.views.plan.head import plan_table
from dashboard.views.plan.words import answer

_HELP = (
    "The lift is relative: 2 % of a rate of 10 % is 0.2 points. Power is how often a lift of that size is shown where "
    "it is true. Confidence is how rarely luck alone is called a lift: 95 % is 1 in 20."
)


def plan_form_views(context: Context) -> tuple[View, ...]:
    """Return the card of what is asked."""
    write = context.number_format
    blocks, summary = partial(_blocks, write=write), partial(answer, write=write)
    card = Card("plan-asked", "What you want to know", _HELP, 4, blocks, plan_table, summary)
    choices = (metric_choice(context), method_choice(context), TAIL)
    return (plan_view(context, card, choices=choices, sliders=dials(context)),)


def _blocks(result: PowerResult, write: NumberFormat) -> list[Block]:
    if not result.variants:
        return [paragraph(result.notice, "quiet")]
    rows = [
        [one.variant, write.rate(one.share), cell(ABSENT if one.n_units is None else write.count(one.n_units))]
        for one in result.variants
    ]
    return [rows_of("Users needed", ("Engine", "#Share", "#Users needed"), rows)]
