"""The head of the planner: how many users and weeks it takes, in one sentence."""

from functools import partial

from analytics.planning.plan_result import MethodPlan, PowerResult
from analytics.power import POWER
from dashboard.format import NumberFormat
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from dashboard.view import Arrays, Context, View
from dashboard.views.experiment.shown import METHODS
from dashboard.views.plan.asked import GOAL, PAGE, plan_params
from dashboard.views.plan.words import answer, percent, week_range

_COLUMNS = (
    Column("variant", "Engine"),
    Column("share", "Planned share", "fraction", "Part of the users who take part."),
    Column("n_units", "Users", "count", "Users that the engine needs."),
    Column("effect", "Lift or loss", "relative", "What is to be shown, or ruled out; a part of control."),
    Column("power", "Power", "fraction", "Chance to show it."),
    Column("confidence", "Confidence", "fraction", "1 less how often luck alone is called a lift."),
    Column("days", "Days", "count", "Until they have come."),
    Column("days_soonest", "Days, soonest", "count", "If as many come as is still likely."),
    Column("days_latest", "Days, latest", "count", "If as few come as is still likely."),
)


def plan_head_views(context: Context) -> tuple[View, ...]:
    """Return the sentence that answers the page's question."""
    write = context.number_format
    return (
        View(
            name="plan-answer",
            title="",
            page=PAGE,
            analysis=POWER,
            dimensions=(),
            painter="verdict",
            arrays=partial(_arrays, write=write),
            table=plan_table,
            summary=partial(answer, write=write),
            params=plan_params(context),
            choices=(GOAL,),
        ),
    )


def plan_table(result: PowerResult) -> Table:
    """Return the users of each engine with the days."""
    days = (result.days.likely, result.days.soonest, result.days.latest) if result.days else (None,) * 3
    asked = (result.effect, result.power, result.confidence)
    return Table(_COLUMNS, tuple((one.variant, one.share, one.n_units, *asked, *days) for one in result.variants))


def _arrays(result: PowerResult, _: None, write: NumberFormat) -> Arrays:
    return {
        "headline": answer(result, write),
        "summary": _summary(result, write),
        "detail": _detail(result, write),
        "confidence": result.confidence,
        "lifts": [],
    }


def _summary(result: PowerResult, write: NumberFormat) -> str:
    if result.n_units is None or not result.baseline:
        return ""
    users = " · ".join(f"{counted(one.n_units or 0, 'user', write)} with {one.variant}" for one in result.variants)
    value = f"{result.label.lower()} {write.value(result.baseline.value, result.unit)} with {result.control} so far"
    span = week_range(result.days, write) if result.days else ""
    level = f"{METHODS[result.method][0].lower()} at {write.level(result.confidence)}"
    return " · ".join(filter(None, (users, span, value, f"{level}{_stops(result, write)}")))


def chosen_of(result: PowerResult) -> MethodPlan:
    """Return what the method that decides needs."""
    return next(one for one in result.methods if one.method == result.method)


def _stops(result: PowerResult, write: NumberFormat) -> str:
    """Return when a method that may look stops on average; what is to be shown is true then."""
    if result.method == "fixed" or not result.methods:
        return ""
    days = chosen_of(result).expected_days
    return "" if days is None else f", done after {counted(days, 'day', write)} on average if it is true"


def _detail(result: PowerResult, write: NumberFormat) -> str:
    if not result.traffic or not result.traffic.n_days:
        return ""
    log, known = result.traffic.n_days, result.days.likely if result.days else None
    beyond = (
        f"Beyond the {write.count(log)} days that were counted it is foretold, from how new users became fewer. "
        if known is None or known > log
        else ""
    )
    sides = {"two-sided": "either way", "greater": "only upwards", "less": "only downwards"}[result.alternative]
    return (
        f"Users who return count once; they were counted over the last {write.count(log)} days, as an experiment would "
        f"meet them. {beyond}Weeks are whole, since weekdays differ. It takes for granted that traffic goes on like "
        f"that. A difference is looked for {sides}; what is shown by luck alone stays below "
        f"{percent(1 - result.confidence, write)}."
    )
