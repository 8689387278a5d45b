from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from etl.clean import Cleaner
from etl.sources import Batch
from semantic.errors import InputError
from tests.etl.project import FIELDS, HEADER, ROWS, Project


def batch_of(rows: Sequence[str], header: str = HEADER) -> Batch:
    names = header.split(",")
    columns = zip(*(row.split(",") for row in rows), strict=True)
    table = pa.table(
        {n: pa.array([cell or None for cell in c], pa.string()) for n, c in zip(names, columns, strict=True)}
    )
    return Batch(table, np.arange(2, 2 + len(rows)))


def cleaner_for(project: Project, header: str = HEADER) -> Cleaner:
    return Cleaner(project.config, header.split(","), "abcdef0123456789")


def test_columns_are_those_of_the_catalog(project: Project) -> None:
    frame = cleaner_for(project).clean(batch_of(ROWS)).frame
    assert set(frame.columns) == {column.name for column in project.config.catalog.columns}


def test_members_have_one_spelling(project: Project) -> None:
    frame = cleaner_for(project).clean(batch_of(ROWS)).frame
    assert frame["variant"].tolist() == ["Old", "New", "Old", "New"]
    assert frame["location"].tolist() == ["Bangalore", "Bangalore", "MUMBAI", "MUMBAI"]


def test_a_spelling_lasts_over_batches(project: Project) -> None:
    cleaner = cleaner_for(project)
    cleaner.clean(batch_of(ROWS[2:3]))
    assert cleaner.clean(batch_of(ROWS[3:])).frame["location"].tolist() == ["MUMBAI"]


def test_revenue_that_is_missing_is_zero_and_age_stays_missing(project: Project) -> None:
    frame = cleaner_for(project).clean(batch_of(ROWS)).frame
    assert frame["revenue"].tolist() == [0, 99.5, 10, 0]
    assert np.isnan(frame["age"][2])


def test_a_time_of_ones_own_is_the_day_in_the_zone_of_display(project: Project) -> None:
    project.configure(
        fields={**FIELDS, "signed_up": {"column": "joined", "kind": "time"}}, display={"timezone": "Asia/Kolkata"}
    )
    rows = [f"{ROWS[0]},2026-01-01T20:00:00Z", f"{ROWS[1]},", f"{ROWS[2]},soon"]
    cleaned = cleaner_for(project, f"{HEADER},joined").clean(batch_of(rows, f"{HEADER},joined"))
    assert cleaned.frame["signed_up"].astype(object).fillna("-").tolist() == ["2026-01-02", "-", "-"]
    assert [(fault.column, fault.mask.tolist()) for fault in cleaned.faults] == [("joined", [False, False, True])]


def test_an_unreadable_cell_is_a_fault_of_its_column(project: Project) -> None:
    (fault,) = cleaner_for(project).clean(batch_of([ROWS[0], ROWS[1].replace("41", "forty")])).faults
    assert (fault.column, fault.rule, fault.mask.tolist()) == ("age", "must be a number", [False, True])


def test_an_unreadable_amount_is_not_zero(project: Project) -> None:
    cleaned = cleaner_for(project).clean(batch_of([ROWS[1].replace("99.5", "much")]))
    assert np.isnan(cleaned.frame["revenue"][0])


def test_only_some_fields_may_be_asked_for(project: Project) -> None:
    assert list(cleaner_for(project).clean(batch_of(ROWS), only=("user_id", "variant")).frame) == ["variant", "user_id"]


@pytest.mark.parametrize(("identical", "equal"), [("keep", False), ("drop", True)])
def test_sessions_without_an_id_are_named_by_place_or_content(project: Project, identical: str, equal: bool) -> None:
    fields = {name: spec for name, spec in FIELDS.items() if name != "session_id"}
    project.configure(fields=fields, cleaning={"identical": identical})
    ids = cleaner_for(project).clean(batch_of([ROWS[0], ROWS[0]])).frame["session_id"].tolist()
    assert (ids[0] == ids[1]) is equal


@pytest.mark.parametrize(
    ("when", "then", "broken"),
    [
        ({"variant": "old"}, {"location": "bengaluru"}, [False, False, True, False]),
        ({"engine": "Old"}, {"bought": "0"}, [False, False, True, False]),
        ({"converted": "no"}, {"revenue": "0"}, [False, False, False, False]),
        ({"location": "Mumbai"}, {"age": "18"}, [False, False, True, False]),
        ({"age": "41"}, {"city": "Mumbai"}, [False, True, False, False]),
    ],
)
def test_rules_compare_fields_and_source_columns(
    project: Project, when: dict[str, str], then: dict[str, str], broken: list[bool]
) -> None:
    project.configure(cleaning={"rules": [{"name": "a rule", "when": when, "then": then}]})
    faults = cleaner_for(project).clean(batch_of(ROWS)).faults
    assert [fault.mask.tolist() for fault in faults] == ([broken] if any(broken) else [])


def test_a_missing_column_is_named_with_the_nearest_ones(project: Project) -> None:
    with pytest.raises(InputError, match=r"fields\.age: unknown column 'age'; did you mean 'ages'\?"):
        cleaner_for(project, HEADER.replace("age", "ages"))


def test_a_rule_over_an_unknown_column_is_refused(project: Project) -> None:
    project.configure(cleaning={"rules": [{"name": "r", "when": {"citi": "x"}, "then": {"age": "1"}}]})
    with pytest.raises(InputError, match=r"cleaning\.rules: unknown column 'citi'; did you mean 'city'"):
        cleaner_for(project)
