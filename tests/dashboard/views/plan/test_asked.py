from dataclasses import replace

from analytics.power import POWER
from dashboard.view import Context
from dashboard.views.plan.asked import dials, method_choice, metric_choice, plan_params
from semantic.experiment import Experiment


def with_options(context: Context, **options: str) -> Context:
    return replace(context, options={f"plan-{name}": text for name, text in options.items()})


def with_plan(context: Context, **plan) -> Context:
    catalog = replace(context.config.catalog, experiment=Experiment(**plan))
    return replace(context, config=replace(context.config, catalog=catalog))


def test_what_was_planned_holds_where_nothing_is_chosen(context: Context) -> None:
    params = plan_params(with_plan(context, smallest_effect=0.013, method="fixed", planned_units=9))
    assert (params.effect, params.method, params.treatment_share) == (0.013, "fixed", 0.0)
    assert (params.power, params.traffic_share, params.goal) == (0.8, 1.0, "lift")


def test_what_is_chosen_is_asked(context: Context) -> None:
    chosen = {"effect": "0.05", "power": "0.9", "level": "0.99", "traffic": "0.5", "share": "0.1", "goal": "no_loss"}
    params = plan_params(with_options(context, **chosen, tail="greater", method="fixed"))
    assert (params.effect, params.power, params.confidence) == (0.05, 0.9, 0.99)
    assert (params.traffic_share, params.treatment_share, params.goal) == (0.5, 0.1, "no_loss")
    assert (params.alternative, params.method) == ("greater", "fixed")


def test_all_that_is_asked_is_read(context: Context) -> None:
    params = plan_params(with_options(context, share="0.1"))
    changed = {name for name in POWER.parameters if getattr(params, name) != getattr(context.params, name)}
    assert changed == {"metric", "method", "alternative", "goal", "treatment_share"}


def test_what_decides_stands_first(context: Context) -> None:
    assert metric_choice(context).values[0][0] == "conversion_rate"
    assert method_choice(with_plan(context, method="fixed")).values[0][0] == "fixed"


def test_the_number_that_matters_has_a_name_that_fits_either_goal(context: Context) -> None:
    for asked in (context, with_options(context, goal="no_loss")):
        assert dials(asked)[0].label == "Lift or loss that matters"
