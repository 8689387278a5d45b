import numpy as np

from analytics.analysis import Params, Request
from analytics.effects import EFFECTS
from analytics.planned import plan_queries, planned
from semantic.units import UnitAnswer
from tests.analytics.effects.test_effects import planned as catalog_planned

LOOKS = Request(EFFECTS, params=Params(method="group_sequential"))


def test_the_whole_experiment_is_asked_for_where_planned_looks_decide() -> None:
    catalog = catalog_planned(planned_units=10)
    assert plan_queries(Request(EFFECTS), catalog) == {}
    assert plan_queries(LOOKS, catalog)["whole"].where.clauses == ()
    one = Request(EFFECTS, params=Params(method="fixed"))
    assert (set(plan_queries(one, catalog)), plan_queries(one, catalog_planned())) == ({"whole"}, {})


def test_looks_are_counted_by_all_users_whatever_the_selection() -> None:
    n = np.array([300.0, 100.0])
    whole = UnitAnswer(("variant",), {}, n, n[:, None], n[:, None, None], version=1, origin="sql")
    plan = planned({"whole": whole}, LOOKS, catalog_planned(planned_units=1_000), 2)
    assert plan.information == 0.4


def test_other_methods_know_nothing_of_the_whole() -> None:
    assert planned({}, Request(EFFECTS), catalog_planned(planned_units=1_000), 3).information is None
