import numpy as np

from analytics.analysis import Request
from analytics.kpi import KPI
from analytics.kpi_course import course_of
from analytics.period import Period
from semantic.domain import day_members
from semantic.filter import Filter
from tests.analytics.answers import answer_of, catalog_of

DAYS = day_members(20_000, 20_003)
CELLS = answer_of(
    {"day": DAYS, "variant": ("New", "Old")}, n_sessions=np.arange(8).reshape(4, 2), n_converted=np.zeros((4, 2))
)


def test_control_comes_first_and_days_outside_are_left_out() -> None:
    where = Filter.from_query(f"day={DAYS[2]}..{DAYS[3]}")
    period = Period.of(where.clause("day"), DAYS)
    course = course_of({"cells": CELLS}, period, Request(KPI, where), catalog_of("started_at"))
    assert course.names == ("Old", "New")
    assert course.current["n_sessions"].tolist() == [5, 4]
    assert course.other["n_sessions"].tolist() == [3, 2]
    assert course.daily["n_sessions"].tolist() == [[5, 4]]


def test_differences_of_two_variants_have_the_plain_level() -> None:
    course = course_of({"cells": CELLS}, Period.of(None, DAYS), Request(KPI), catalog_of("started_at"))
    assert course.difference_confidence == 0.95
    assert course.of_users == {}
