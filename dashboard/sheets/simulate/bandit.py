"""Bandits: what each policy loses while it learns, whom it gives the best variant, and what can be said at the end."""

from collections.abc import Iterator

from analytics.simulation.bandit.raced import PolicyOutcome
from dashboard.sheets.blocks import Block, beside, cell, paragraph, rows_of
from dashboard.sheets.chart import axis, chart, series, thinned
from dashboard.sheets.simulate.shown import Run, simulate_sheet
from dashboard.sheets.simulate.words import between, lift, rate
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_cells, estimate_columns

_TONES = {"split": "neutral", "thompson": "main", "kl_ucb": "variant-3", "ucb1": "variant-2", "epsilon": "variant-4"}
_REGRET = (
    Column("policy", "Policy"),
    Column("day", "Day", "count", "At its end."),
    Column("regret", "Conversions lost", "count", "Against the best variant for all, so far, on average."),
    Column("regret_low", "Lost, 5 %", "count", "So much or less in one of twenty runs."),
    Column("regret_high", "Lost, 95 %", "count", "So much or more in one of twenty runs."),
    Column("to_best", "With the best", "fraction", "Share of the users so far with the best variant."),
)
_INFERENCE = (
    Column("policy", "Policy"),
    *estimate_columns(
        "called", "Test calls a difference", "fraction", "A fixed test at the end, as if shares were fixed."
    ),
    *estimate_columns("covered", "Interval holds the truth", "fraction", "Of the lift of the last variant."),
    *estimate_columns("picks_best", "Best has the highest rate", "fraction", "At the end."),
    Column("bias_control", "Control looks", "fraction", "Its estimated rate by its true one, less 1."),
    Column("bias_last", "Last variant looks", "fraction", "Its estimated rate by its true one, less 1."),
)


def policy_of(run: Run, name: str) -> PolicyOutcome:
    """Return what one policy does."""
    found: tuple[PolicyOutcome, ...] = run.result.outcomes
    return next(one for one in found if one.name == name)


def bandit_headline(run: Run) -> str:
    """Return what a bandit earns and what it costs, in a sentence."""
    split, bandit, write = policy_of(run, "split"), policy_of(run, "thompson"), run.write
    after, before = rate(bandit.called, write), rate(split.called, write)
    if len(set(run.result.rates)) == 1:
        return (
            f"Where nothing differs, a fixed test after Thompson sampling calls a winner in {after} of the runs; after "
            f"a fixed split in {before}."
        )
    lost, split_lost = (write.count(round(one.regret_at_end.value or 0.0)) for one in (bandit, split))
    return (
        f"Thompson sampling loses {lost} conversions while it learns, a fixed split {split_lost}; a fixed test at "
        f"the end then finds the difference in {after} of the runs instead of {before}."
    )


def _days(run: Run) -> range:
    return range(1, len(run.result.outcomes[0].regret) + 1)


def _regret_rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        for day, *values in zip(_days(run), one.regret, one.regret_low, one.regret_high, one.to_best, strict=True):
            yield one.label, day, *values


def _regret_blocks(run: Run) -> list[Block]:
    days, outcomes = _days(run), run.result.outcomes
    top = max(max(one.regret) for one in outcomes) * 1.1 or 1.0
    lost = [series(one.label, thinned([(0, 0.0), *_banded(one, days)]), "line", _TONES[one.name]) for one in outcomes]
    given = [
        series(one.label, thinned(list(zip(days, one.to_best, strict=True))), "line", _TONES[one.name])
        for one in outcomes
    ]
    across = axis("Day", "count", (0, len(days)))
    axes = axis("Conversions lost", "count", (0.0, top)), axis("With the best variant", "fraction", (0.0, 1.0))
    says = _regret_summary(run)
    return [
        beside(
            chart("Conversions lost so far", (across, axes[0]), lost, says=says),
            chart("Users with the best variant", (across, axes[1]), given, says=says),
        ),
        paragraph(
            "Lost against the best variant for everybody. The band of Thompson sampling holds 90 % of the runs.",
            "quiet",
        ),
    ]


def _banded(one: PolicyOutcome, days: range) -> list[tuple[float, ...]]:
    if one.name != "thompson":
        return list(zip(days, one.regret, strict=True))
    return list(zip(days, one.regret, one.regret_low, one.regret_high, strict=True))


def _regret_summary(run: Run) -> str:
    lost = [f"{one.label} {run.write.count(round(one.regret_at_end.value or 0.0))}" for one in run.result.outcomes]
    return f"Conversions lost by day {len(_days(run))}: {', '.join(lost)}."


def _inference_rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for one in run.result.outcomes:
        estimates = (one.called, one.covered, one.picks_best)
        yield (one.label, *(each for found in estimates for each in estimate_cells(found)), one.bias[0], one.bias[-1])


def _inference_blocks(run: Run) -> list[Block]:
    write = run.write
    heads = ("Policy", "#Test calls a difference", "#Interval holds the truth", "#Control looks", "#Last variant looks")
    rows = [
        [
            cell(one.label, is_wrapped=True),
            cell(rate(one.called, write), under=between(one.called, write)),
            cell(rate(one.covered, write), under=between(one.covered, write)),
            lift(one.bias[0], write),
            lift(one.bias[-1], write),
        ]
        for one in run.result.outcomes
    ]
    return [rows_of("What can be said at the end", heads, rows), paragraph(_inference_summary(run), "quiet")]


def _inference_summary(run: Run) -> str:
    one = policy_of(run, "thompson")
    return (
        "A variant that began unluckily is hardly tried again, so its rate stays too low: with Thompson sampling "
        f"control looks {lift(one.bias[0], run.write)} off on average, and the plain interval holds the truth in "
        f"{rate(one.covered, run.write)} of the runs."
    )


REGRET = simulate_sheet(
    "simulate-regret",
    "What learning costs",
    ("bandit",),
    Told(_regret_blocks, _REGRET, _regret_rows, _regret_summary),
    width=8,
    help="Regret: the conversions that are missed because not everybody is given the best variant from the start.",
)
INFERENCE = simulate_sheet(
    "simulate-inference",
    "What can be said at the end",
    ("bandit",),
    Told(_inference_blocks, _INFERENCE, _inference_rows, _inference_summary),
    width=8,
    help="A test and an interval made for fixed shares, applied after shares that followed the results.",
)
