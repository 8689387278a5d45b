"""The engines and the plan: users that each served, beside its planned share, and how the comparison was planned."""

from functools import partial

from analytics.effects import EFFECTS
from analytics.effects.result import EffectsResult
from analytics.outcome import primary_of
from dashboard.format import NumberFormat
from dashboard.pages import page_named
from dashboard.sheets.blocks import Block, Cell, cell, heading, listing, paragraph, rows_of
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import METHODS, About, Shown, sheet_view

_HELP = "Users with their sessions in the selection; a user who had both engines counts once in each."


def arms_views(context: Context) -> tuple[View, ...]:
    """Return the card of the engines."""
    write, planned = context.number_format, context.config.catalog.experiment.share_of(context.variants)
    shares = dict(zip(context.variants, planned, strict=True))
    shown = Shown(
        lambda result: [*_served(result, write, shares), *_plan(context)],
        partial(_table, shares=shares),
        partial(_summary, write=write),
    )
    return (sheet_view(context, EFFECTS, About("arms", "Who was served, as planned", help=_HELP, width=4), shown),)


def _plan(context: Context) -> list[Block]:
    """Return how the comparison was planned, as configured."""
    catalog, write = context.config.catalog, context.number_format
    planned, started = catalog.experiment, catalog.experiment.started_on
    guardrails = ", ".join(catalog.metric(name).label for name in planned.guardrails)
    users = write.count(planned.planned_units) if planned.planned_units else "not planned"
    rows: list[tuple[str, Cell]] = [
        ("Planned method", METHODS[planned.method][0]),
        ("Decides", primary_of(catalog).label),
        ("Guardrails", guardrails or "none"),
        ("Smallest lift worth it", write.rate(planned.smallest_effect) if planned.smallest_effect else "any"),
        ("Planned users", cell(users, page=page_named("plan").path)),
        ("Began", context.day_format.day(started.isoformat()) if started else "with the first session"),
    ]
    return [heading("The plan"), listing(rows)]


def _served(result: EffectsResult, write: NumberFormat, shares: dict[str, float]) -> list[Block]:
    whole = sum(arm.n_users for arm in result.arms)
    rows: list[list[Cell]] = [
        [
            arm.variant,
            cell(write.count(arm.n_users), under=f"{write.count(arm.n_sessions)} sessions"),
            cell(write.rate(arm.n_users / whole), under=f"planned {write.rate(shares[arm.variant])}"),
        ]
        for arm in result.arms
    ]
    if not rows:
        return [paragraph(result.headline, "quiet")]
    return [rows_of("Who was served", ("Engine", "#Users", "#Share"), rows)]


def _table(result: EffectsResult, shares: dict[str, float]) -> Table:
    columns = (
        Column("engine", "Engine"),
        Column("n_users", "Users", "count", "Users with sessions in the selection."),
        Column("n_sessions", "Sessions", "count", "Sessions in the selection."),
        Column("planned", "Planned share of users", "fraction", "As configured."),
    )
    return Table(columns, tuple((a.variant, a.n_users, a.n_sessions, shares[a.variant]) for a in result.arms))


def _summary(result: EffectsResult, write: NumberFormat) -> str:
    if not result.arms:
        return result.headline
    told = ", ".join(f"{write.count(arm.n_users)} users with {arm.variant}" for arm in result.arms)
    return f"{told}."
