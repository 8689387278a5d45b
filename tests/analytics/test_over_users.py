from dataclasses import replace

import numpy as np

from analytics.analysis import Params, Request, run
from analytics.comparison import COMPARISON
from analytics.effects import EFFECTS
from analytics.kpi import KPI
from analytics.over_users import MOST_ROWS, has_too_many, over_users, sessions_query
from semantic.filter import EVERYTHING, Filter
from semantic.query import Query
from semantic.store import Store
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

CATALOG = catalog_of("user_id", "revenue", "time_spent_s")
ASKED = Request(KPI)
FILTERED = Filter.from_query("device=Mobile")


def drawn(n: tuple[int, int] = (2_000, 2_000)) -> dict[str, UnitAnswer]:
    return {"units": answer_of_users(sessions_query(ASKED, CATALOG).columns, ("New", "Old"), n)}


def test_values_and_differences_are_control_first() -> None:
    answers = drawn((900, 2_000))
    n = answers["units"].totals[::-1, 0]
    found = over_users(answers, ASKED, CATALOG, n)
    assert set(found) == {"conversion_rate", "mean_revenue", "mean_time_spent_s"}
    rate = found["conversion_rate"]
    assert rate.values.high[0] - rate.values.low[0] < rate.values.high[1] - rate.values.low[1]
    assert rate.differences.value.tolist() == [0, rate.values.value[1] - rate.values.value[0]]
    assert rate.total.low < rate.total.value < rate.total.high


def test_nothing_is_said_of_other_sessions_than_those_shown() -> None:
    answers = drawn()
    assert over_users(answers, ASKED, CATALOG, answers["units"].totals[::-1, 0] + 1) == {}
    assert over_users({}, ASKED, CATALOG, np.zeros(2)) == {}


def test_users_of_a_selection_are_not_summed_where_sessions_are_many(store: Store) -> None:
    large = replace(store.snapshot(), n_rows=MOST_ROWS + 1)
    filtered = sessions_query(Request(KPI, FILTERED), CATALOG)
    assert has_too_many(filtered, large)
    assert not has_too_many(filtered, store.snapshot())
    assert not has_too_many(replace(filtered, where=EVERYTHING), large)
    assert not has_too_many(Query((), (), FILTERED), large)


def test_pages_do_not_contradict_each_other(store: Store) -> None:
    for method in ("", "fixed"):
        params = Params(method=method)
        requests = [Request(analysis, FILTERED, params) for analysis in (COMPARISON, EFFECTS)]
        comparison, effects = run(store, requests)
        (new,), (effect,) = comparison.comparisons, effects.outcomes[0].effects
        assert (new.difference, new.lift, new.p_value) == (effect.difference, effect.lift, effect.p_value)
        assert new.is_significant == (effect.shown in ("more", "less"))
