import numpy as np

from analytics.analysis import Params, Request
from analytics.effects import EFFECTS
from analytics.experiment.plan import Plan
from analytics.planned import plan_of, plan_queries, planned
from semantic.experiment import Experiment
from semantic.units import UnitAnswer
from tests.analytics.effects.test_effects import planned as catalog_planned

LOOKS = Request(EFFECTS, params=Params(method="group_sequential"))


def test_the_whole_experiment_is_asked_for_where_planned_looks_decide() -> None:
    catalog = catalog_planned(planned_units=10)
    assert plan_queries(Request(EFFECTS), catalog) == {}
    assert plan_queries(LOOKS, catalog)["so_far"].where.clauses == ()
    one = Request(EFFECTS, params=Params(method="fixed"))
    assert (set(plan_queries(one, catalog)), plan_queries(one, catalog_planned())) == ({"so_far"}, {})


def test_looks_are_counted_by_all_users_whatever_the_selection() -> None:
    n = np.array([300.0, 100.0])
    whole = UnitAnswer(("variant",), {}, n, n[:, None], n[:, None, None], version=1, origin="sql")
    plan = planned({"so_far": whole}, LOOKS, catalog_planned(planned_units=1_000), 2)
    assert plan.information == 0.4


def test_other_methods_know_nothing_of_the_whole() -> None:
    assert planned({}, Request(EFFECTS), catalog_planned(planned_units=1_000), 3).information is None


def test_the_reader_may_ask_for_another_method_than_planned() -> None:
    planned = Experiment(method="fixed", planned_units=8_000, n_looks=4)
    assert plan_of(planned, Params(), 2) == Plan("fixed", n_planned=8_000, n_looks=4)
    asked = plan_of(planned, Params(method="group_sequential", alternative="greater", confidence=0.9), 3, 4_000)
    assert asked == Plan("group_sequential", 0.9, "greater", 8_000, 4, 2, 0.5)


def test_looks_that_nobody_planned_are_those_of_the_sequence() -> None:
    assert plan_of(Experiment(), Params(method="group_sequential"), 2).method == "sequential"
