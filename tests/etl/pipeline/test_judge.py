import re

import pytest

from semantic.errors import InputError
from tests.etl.project import ROWS, Project


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "holds a header and no rows"),
        ((ROWS[0], ROWS[2]), "column 'engine' holds one variant only, 'Old'; a comparison needs at least two"),
        ((ROWS[1], ROWS[2]), "every session converted according to column 'bought'"),
        (
            tuple(row.replace("2026-07-0", "on day ").replace("Z", "") for row in ROWS),
            "4 of 4 records break a rule, 4 of them: column 'at' must be a time from 1990 to 2037, such as 2026-07-01 "
            "09:30:00 or seconds since 1970 (line 2 holds 'on day 1 10:00:00'); at most 50% may",
        ),
    ],
)
def test_data_that_carries_no_comparison_is_refused(any_project: Project, rows: tuple[str, ...], sentence: str) -> None:
    any_project.load()
    with pytest.raises(InputError, match=re.escape(sentence)):
        any_project.load(rows)
    assert any_project.query("SELECT count(*) FROM sessions") == [(4,)]


def test_a_control_that_does_not_occur_is_named_with_the_variants_that_do(project: Project) -> None:
    project.configure(control="Oldd")
    with pytest.raises(InputError, match="unknown variant 'Oldd'; did you mean 'Old'"):
        project.load()


def test_a_control_that_does_not_occur_in_what_is_loaded_already_is_named_too(project: Project) -> None:
    project.load()
    project.configure(control="Oldd")
    with pytest.raises(InputError, match="unknown variant 'Oldd'; did you mean 'Old'"):
        project.load()


@pytest.mark.parametrize(("most", "is_loaded"), [(0.1, False), (0.2, True), (1, True)])
def test_how_much_may_be_quarantined_is_configured(project: Project, most: float, is_loaded: bool) -> None:
    project.configure(cleaning={"max_quarantined": most})
    rows = [*ROWS, ROWS[0].replace("Bangalore,30", "Delhi,999")]
    if is_loaded:
        assert project.load(rows).counts.n_quarantined == 1
        return
    with pytest.raises(InputError, match=r"1 of 5 records break a rule"):
        project.load(rows)


def test_the_rejected_records_of_a_refused_load_can_be_looked_at(project: Project) -> None:
    with pytest.raises(InputError):
        project.load([row.replace("Old", "").replace("old", "").replace("NEW", "").replace("New", "") for row in ROWS])
    assert project.query("SELECT count(*), min(rule) FROM rejected_rows") == [(4, "must not be empty")]
    assert project.query("SELECT status FROM runs") == [("failed",)]
