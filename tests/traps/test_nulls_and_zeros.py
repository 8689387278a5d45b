"""Nothing is not zero, and zero is not nothing.

| session | seconds | spent | what it is                                       |
| ------- | ------- | ----- | ------------------------------------------------ |
| a       | 10      |       | revenue missing: bought nothing, counts as zero  |
| b       |         | 0     | time missing: unknown, is left out of the mean   |
| c       | 30      | 60    |                                                  |

mean time (10 + 30) / 2 = 20 and not 40 / 3; revenue a session 60 / 3 = 20 and not 60 / 1
"""

import numpy as np
import pytest

from analytics import ANALYSES
from analytics.analysis import Request, run
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from tests.etl.project import Project
from tests.traps.conftest import Ask

A = "Old,0,a,u1,2026-07-01 10:00:00,Delhi,30,10,"
B = "Old,0,b,u2,2026-07-01 10:00:00,,,,0"
C = "New,1,c,u3,2026-07-01 10:00:00,Delhi,30,30,60"


@pytest.fixture(autouse=True)
def loaded(project: Project) -> None:
    project.load([A, B, C])


def test_missing_time_is_left_out_of_the_mean(ask: Ask) -> None:
    total = ask("sum_time_spent_s n_time_spent_s")
    assert float(total["sum_time_spent_s"] / total["n_time_spent_s"]) == 20


def test_missing_revenue_is_zero(ask: Ask) -> None:
    total = ask("sum_revenue n_revenue")
    assert float(total["sum_revenue"] / total["n_revenue"]) == 20


@pytest.mark.parametrize("dimension", ["location", "age", "time_spent_s"])
def test_missing_values_are_a_member_of_their_own(ask: Ask, dimension: str) -> None:
    answer = ask("n_sessions", dimension)
    assert answer.members[dimension][-1] == "(missing)"
    assert answer["n_sessions"][-1] == 1
    assert answer["n_sessions"].sum() == 3


def test_missing_values_can_be_filtered(ask: Ask) -> None:
    assert ask("n_sessions", where="location=(missing)")["n_sessions"] == 1


def test_a_range_does_not_keep_missing_values(ask: Ask) -> None:
    assert ask("n_sessions", where="age=..40")["n_sessions"] == 2


def test_members_without_sessions_stay_with_zero(ask: Ask) -> None:
    answer = ask("n_sessions", "variant", "location=(missing)")
    assert dict(zip(answer.members["variant"], answer["n_sessions"], strict=True)) == {"Old": 1, "New": 0}


def test_a_filter_that_keeps_nothing_gives_no_rate(project: Project) -> None:
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    where = Filter.from_query("location=(missing)&variant=New")
    found = [run(store, [Request(a, where)])[0] for a in ANALYSES if a.name in ("kpi", "comparison")]
    store.engine.dispose()
    assert "nan" not in repr(found)
    assert "inf" not in repr(found)


def test_no_conversion_at_all_is_not_certainty(project: Project) -> None:
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    comparison = next(a for a in ANALYSES if a.name == "comparison")
    result = run(store, [Request(comparison, Filter())])[0].comparisons[0]
    store.engine.dispose()
    assert result.control_rate.value == 0
    assert result.control_rate.high > 0.5
    assert np.isfinite([result.difference.low, result.difference.high]).all()
