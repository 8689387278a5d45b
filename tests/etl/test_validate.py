from typing import Any

import numpy as np
import pandas as pd
import pytest

from etl.validate import Validator
from tests.etl.project import FIELDS, Project

FRAME = pd.DataFrame(
    {
        "variant": pd.Categorical(["Old", "New", "Old"]),
        "converted": [1.0, 0.0, 1.0],
        "session_id": pd.Series(["a", "b", "c"], dtype=object),
        "user_id": pd.Series([None, "u", "u"], dtype=object),
        "started_at": [1.7e12] * 3,
        "location": pd.Categorical([None, "x", "y"]),
        "age": [np.nan, 30.0, 41.0],
        "time_spent_s": [1.0, 2.0, np.nan],
        "revenue": [0.0, 1.0, 2.0],
    }
)


def faults(project: Project, **columns: Any) -> list[tuple[str, str, list[bool]]]:
    found = Validator(project.config).faults(FRAME.assign(**columns))
    return [(fault.column, fault.rule, fault.mask.tolist()) for fault in found]


def test_sessions_within_bounds_break_no_rule(project: Project) -> None:
    assert faults(project) == []


@pytest.mark.parametrize(
    ("field", "value", "column", "rule"),
    [
        ("time_spent_s", 0.0, "seconds", "must be above 0"),
        ("age", 0.0, "age", "must be at least 1"),
        ("age", 111.0, "age", "must be at most 110"),
        ("revenue", -0.01, "spent", "must be at least 0"),
        ("converted", np.nan, "bought", "must not be empty"),
        ("session_id", None, "session", "must not be empty"),
        ("started_at", np.nan, "at", "must not be empty"),
    ],
)
def test_a_value_out_of_bounds_names_column_and_rule(
    project: Project, field: str, value: object, column: str, rule: str
) -> None:
    values = pd.Series([*FRAME[field].tolist()[:2], value], dtype=FRAME[field].dtype)
    assert faults(project, **{field: values}) == [(column, rule, [False, False, True])]


def test_several_rules_are_reported_in_the_order_of_the_fields(project: Project) -> None:
    found = faults(project, age=[0.0, 1.0, 999.0], revenue=[-1.0, 0.0, 0.0])
    assert [rule for _, rule, _ in found] == ["must be at least 1", "must be at most 110", "must be at least 0"]


def test_what_a_field_may_lack_is_configured(project: Project) -> None:
    project.configure(fields={**FIELDS, "location": {"column": "city", "missing": "quarantine"}})
    assert faults(project) == [("city", "must not be empty", [True, False, False])]


def test_the_outcome_is_needed_whatever_is_configured(project: Project) -> None:
    project.configure(fields={**FIELDS, "converted": {"column": "bought", "missing": "keep"}})
    assert faults(project, converted=[1.0, np.nan, 0.0]) == [("bought", "must not be empty", [False, True, False])]
