"""Rates of groups must not be averaged: groups differ in size. Both engines have these sessions:

| device  | sessions | converted | rate  |
| ------- | -------- | --------- | ----- |
| Mobile  | 8        | 1         | 12.5% |
| Desktop | 2        | 1         | 50.0% |
| all     | 10       | 2         | 20.0% |  and not (12.5% + 50%) / 2 = 31.25%
"""

import pytest

from analytics import ANALYSES
from analytics.analysis import Request, run
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from tests.etl.project import FIELDS, Project
from tests.traps.conftest import Ask

HEADER = "engine,bought,session,user,at,city,age,seconds,spent,screen"


@pytest.fixture(autouse=True)
def loaded(project: Project) -> None:
    project.configure(fields={**FIELDS, "device": "screen"})
    groups = [("Mobile", 8, "10,0"), ("Desktop", 2, "100,50")]
    sessions = [(v, i, *group) for v in ("Old", "New") for group in groups for i in range(group[1])]
    rows = [
        f"{v},{int(i == 0)},{v}{device}{i},,2026-07-0{i % 3 + 1} 10:00:00,Delhi,30,{numbers},{device}"
        for v, i, device, _, numbers in sessions
    ]
    project.write(rows, HEADER)
    project.load()


def test_the_total_is_divided_last(ask: Ask) -> None:
    total = ask("n_sessions n_converted")
    assert float(total["n_converted"] / total["n_sessions"]) == 0.2


def test_the_mean_weighs_each_session_and_not_each_group(ask: Ask) -> None:
    total = ask("sum_time_spent_s n_time_spent_s")
    assert float(total["sum_time_spent_s"] / total["n_time_spent_s"]) == (8 * 10 + 2 * 100) / 10


@pytest.mark.parametrize("name", ["comparison", "kpi"])
def test_no_analysis_averages_rates(project: Project, name: str) -> None:
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    analysis = next(analysis for analysis in ANALYSES if analysis.name == name)
    text = repr(run(store, [Request(analysis, Filter())])[0])
    store.engine.dispose()
    assert "value=0.2," in text
    assert "0.3125" not in text


def test_days_add_up_to_all_sessions(project: Project) -> None:
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    trend = next(analysis for analysis in ANALYSES if analysis.name == "trend")
    series = run(store, [Request(trend, Filter())])[0].series[0]
    store.engine.dispose()
    assert sum(day.n for day in series.daily) == 10
