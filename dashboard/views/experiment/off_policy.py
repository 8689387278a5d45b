"""Off-policy: what each engine for all, or for some, would have brought, as rows with their intervals."""

from functools import partial

from analytics.off_policy import OFF_POLICY, OffPolicyResult, PolicyValue
from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, paragraph, rows_of
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Context, View
from dashboard.views.experiment.shown import About, Shown, Span, difference_cell, sheet_view, span_with_zero, value_cell

_HELP = (
    "Each session was given its engine with a logged probability. Sessions that were served as a policy would have "
    "served them count for those that were not: one of probability 1 in 4 counts for four. Nothing is concluded from "
    "fewer than 100 users, counted so. Intervals hold for one look."
)
_WORDS = {"more": "More", "less": "Less", "open": "Not shown", "refused": "Too little to say"}


def off_policy_views(context: Context) -> tuple[View, ...]:
    """Return the card of policies; it is absent where no propensity is configured."""
    about = About("off-policy", "What another choice would have brought", "from logged propensities", _HELP)
    shown = Shown(partial(_blocks, write=context.number_format), _table, _summary)
    return (sheet_view(context, OFF_POLICY, about, shown, context.params),)


def _blocks(result: OffPolicyResult, write: NumberFormat) -> list[Block]:
    if not result.policies:
        return [paragraph(result.headline)]
    span = span_with_zero([policy.gain for policy in result.policies])
    heads = ("Policy", "#Conversions a session", "#Gain", "", "Shown", "#Worth users")
    rows = [_row(policy, result, span, write) for policy in result.policies]
    return [paragraph(result.headline), rows_of("What policies would have brought", heads, rows, is_stacked=True)]


def _row(policy: PolicyValue, result: OffPolicyResult, span: Span, write: NumberFormat) -> list[Cell]:
    is_control = policy.variant == result.control
    return [
        cell(_name(policy, result), is_wrapped=True),
        value_cell(policy.value, "fraction", write),
        "" if is_control else difference_cell(policy.gain, "fraction", write),
        "" if is_control else span.drawn(policy.gain),
        "" if is_control else _WORDS[policy.shown],
        write.count(policy.n_effective),
    ]


def _name(policy: PolicyValue, result: OffPolicyResult) -> str:
    if not policy.member:
        return f"{policy.variant} for all"
    return f"{policy.variant} for {result.label.lower()} {policy.member}, {result.control} elsewhere"


def _table(result: OffPolicyResult) -> Table:
    columns = (
        Column("policy", "Policy"),
        *estimate_columns("value", "Doubly robust", "fraction", "Conversions a session."),
        *estimate_columns("weighted", "Weighted", "fraction", "Inverse probability weighting."),
        *estimate_columns("self_normalised", "Self-normalised", "fraction", "With weights that sum to 1."),
        *estimate_columns("gain", "Gain over control", "points", "Doubly robust; all gains hold together."),
        Column("n_effective", "Worth users", "count", "Users that the weighted log is worth."),
        Column("shown", "Shown"),
    )
    rows = []
    for policy in result.policies:
        parts = (policy.value, policy.weighted, policy.self_normalised, policy.gain)
        cells = [text for part in parts for text in estimate_cells(part)]
        rows.append((_name(policy, result), *cells, policy.n_effective, _WORDS[policy.shown]))
    return Table(columns, tuple(rows))


def _summary(result: OffPolicyResult) -> str:
    return result.headline
