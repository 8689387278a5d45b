from dataclasses import replace

import pytest

from analytics.effects import EFFECTS
from analytics.estimate import Estimate
from dashboard.table import Table
from dashboard.view import Context
from dashboard.views.experiment.shown import (
    About,
    Shown,
    Span,
    difference_cell,
    experiment_params,
    lift_ends,
    method_choice,
    sheet_view,
    span_with_zero,
)
from semantic.experiment import Experiment


def with_plan(context: Context, plan: Experiment, **options: str) -> Context:
    """Return the context of an experiment that was planned so, with what the reader chose."""
    catalog = replace(context.config.catalog, experiment=plan)
    named = {f"experiment-{name}": value for name, value in options.items()}
    return replace(context, config=replace(context.config, catalog=catalog), options=named)


def test_a_card_sends_its_blocks(context: Context) -> None:
    shown = Shown(lambda result: [{"kind": "heading", "text": result}], lambda _: Table((), ()), str)
    view = sheet_view(context, EFFECTS, About("mine", "Mine", width=6), shown)
    assert view.arrays("told", None) == {"blocks": [{"kind": "heading", "text": "told"}]}
    assert (view.page, view.painter, view.width) == ("experiment", "sheet", 6)


def test_planned_looks_are_offered_where_a_size_is_planned(context: Context) -> None:
    assert [word for word, _ in method_choice(context).values] == ["sequential", "fixed"]
    planned = with_plan(context, Experiment(method="fixed", planned_units=9_000))
    assert [word for word, _ in method_choice(planned).values] == ["fixed", "sequential", "group_sequential"]


def test_what_the_reader_chose_is_asked(context: Context) -> None:
    params = experiment_params(with_plan(context, Experiment(), method="fixed", tail="less"))
    assert (params.method, params.alternative) == ("fixed", "less")
    plain = experiment_params(context)
    assert (plain.method, plain.alternative) == ("sequential", "two-sided")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(0.01, 0.05, "+1.0 to +5.0 %"), (0.01, None, "above +1.0 %"), (None, 0.05, "below +5.0 %"), (None, None, "")],
)
def test_ends_that_are_not_bounded_are_left_open(
    context: Context, low: float | None, high: float | None, text: str
) -> None:
    assert lift_ends(Estimate(0.03, low, high, 9), context.number_format).replace("\u00a0", " ") == text


def test_a_difference_that_is_bounded_on_one_side_says_so(context: Context) -> None:
    cell = difference_cell(Estimate(12.0, 4.0, None, 9), "₹", context.number_format)
    assert cell["under"].replace("\u00a0", " ") == "above +₹ 4.00"  # type: ignore[index]


def test_an_open_end_reaches_the_edge() -> None:
    cell = Span(-1.0, 1.0).drawn(Estimate(0.0, -0.5, None, 9))
    assert (cell["interval"], cell["zero"]) == ([0.25, 0.5, 1.0], 0.5)  # type: ignore[index]
    assert Span(-1.0, 1.0).drawn(Estimate(None, None, None, 0)) == ""


def test_where_nothing_is_bounded_the_span_is_still_one() -> None:
    assert span_with_zero([Estimate(None, None, None, 0)]) == Span(-1.0, 1.0)
