import csv
from pathlib import Path

import pandas as pd
import pytest

from etl.pipeline import export
from semantic.errors import InputError, StoreError
from tests.etl.project import FIELDS, ROWS, Project


def exported(project: Project, name: str = "out.csv", where: str = "") -> Path:
    out = project.folder / name
    export(project.config, out, where)
    return out


def test_an_export_loads_again_to_the_same_sessions(any_project: Project) -> None:
    any_project.load()
    before = any_project.query("SELECT session_id, started_at, location, age, revenue FROM sessions ORDER BY 1")
    fields = {n: {**(s if isinstance(s, dict) else {}), "column": n} for n, s in FIELDS.items()}
    out = exported(any_project)
    any_project.configure(source={"kind": "csv", "path": out.name}, fields=fields)
    any_project.load()
    assert any_project.query("SELECT session_id, started_at, location, age, revenue FROM sessions ORDER BY 1") == before


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("", ["s1", "s2", "s3", "s4"]),
        ("location=Bangalore&variant=Old", ["s1"]),
        ("day=2026-07-02..", ["s3", "s4"]),
        ("age=(missing)", ["s3"]),
        ("time_spent_s=7..30", ["s1", "s2"]),
    ],
)
def test_a_filter_keeps_what_the_page_would_keep(any_project: Project, where: str, ids: list[str]) -> None:
    any_project.load()
    assert pd.read_csv(exported(any_project, where=where))["session_id"].tolist() == ids


def test_parquet_has_types(any_project: Project) -> None:
    any_project.load()
    frame = pd.read_parquet(exported(any_project, "out.parquet"))
    assert str(frame["started_at"].dtype) == "datetime64[ms, UTC]"
    assert frame["converted"].tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("city", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("+a", "'+a"), ("-cmd", "'-cmd"), ("a=b", "a=b")]
)
def test_no_cell_is_a_formula(project: Project, city: str, cell: str) -> None:
    project.load([*ROWS[1:], ROWS[0].replace("Bangalore", city)])
    with exported(project).open() as file:
        assert cell in [row["location"] for row in csv.DictReader(file)]


def test_rejected_records_are_exported_as_they_were(any_project: Project) -> None:
    any_project.load([*ROWS, "Old,0,s9,u9,never,Delhi,20,5,"])
    out = any_project.folder / "rejected.csv"
    assert export(any_project.config, out, rejected=True) == (1, ())
    (row,) = pd.read_csv(out).to_dict("records")
    assert (row["line"], row["column_name"], row["value"]) == (6, "at", "never")


def test_what_the_data_does_not_know_gives_a_notice(project: Project) -> None:
    project.load()
    n_rows, notices = export(project.config, project.folder / "out.csv", "colour=red")
    assert (n_rows, len(notices)) == (4, 1)


def test_a_place_that_cannot_be_written_is_named(project: Project) -> None:
    project.load()
    (project.folder / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        export(project.config, project.folder / "file" / "out.csv")


def test_without_data_there_is_nothing_to_export(project: Project) -> None:
    with pytest.raises(StoreError, match="no data is loaded yet"):
        export(project.config, None)
