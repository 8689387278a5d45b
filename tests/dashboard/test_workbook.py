"""Workbooks hold typed cells, and texts that no spreadsheet takes for a formula."""

import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from dashboard.table import Cell, Column, Table
from dashboard.workbook import workbook

MADE_AT = datetime(2026, 7, 1, tzinfo=UTC)
FORMULAS = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "='x'!A1", "{=1}", "http://x/"]


def book_of(table: Table, about: tuple[tuple[str, str], ...] = ()) -> Any:
    """Return what a spreadsheet reads."""
    return openpyxl.load_workbook(io.BytesIO(workbook("T", table, about, MADE_AT)))


def first_cell(unit: str, cell: Cell, *, named: str = "") -> Any:
    """Return the only cell below the head of a table of one column."""
    columns = (Column("x", "X", unit), *((Column("unit", "Unit"),) if named else ()))
    return book_of(Table(columns, ((cell, *((named,) if named else ())),)))["Table"]["A2"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_stays_a_text_wherever_it_stands(text: str) -> None:
    book = book_of(Table((Column("x", text),), ((text,),)), ((text, text),))
    cells = [book["Table"]["A1"], book["Table"]["A2"], book["About"]["A1"], book["About"]["B1"]]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)] * 4
    assert {cell.value.replace("_x000D_", "\r") for cell in cells} == {text}


def test_what_begins_like_a_formula_is_marked_as_text() -> None:
    assert [first_cell("text", text).quotePrefix for text in ("=1+1", "plain")] == [True, False]


@pytest.mark.parametrize(
    ("unit", "cell", "value", "shown_as"),
    [
        ("fraction", 0.25, 0.25, "0.0%"),
        ("count", 200_000, 200_000, "#,##0"),
        ("points", 0.0125, 1.25, '+0.00" pt";-0.00" pt";0.00" pt"'),
        ("₹", 12.5, 12.5, "#,##0.00"),
        ("relative", -0.25, -0.25, "+0.0%;-0.0%;0.0%"),
        ("day", "2026-07-01", datetime(2026, 7, 1), "yyyy-mm-dd"),  # noqa: DTZ001 - as Excel keeps it
        ("day", "(missing)", "(missing)", "@"),
    ],
)
def test_a_cell_has_the_type_and_format_of_its_unit(unit: str, cell: Cell, value: object, shown_as: str) -> None:
    found = first_cell(unit, cell)
    assert (found.value, found.number_format) == (value, shown_as)


@pytest.mark.parametrize(("unit", "shown_as"), [("metric", "0.0%"), ("metric_difference", '+0.00" pt"')])
def test_a_row_may_name_the_unit_of_its_cells(unit: str, shown_as: str) -> None:
    assert first_cell(unit, 0.25, named="fraction").number_format.startswith(shown_as)


def test_the_head_stays_in_sight_and_columns_are_wide_enough() -> None:
    sheet = book_of(Table((Column("x", "X"),), (("A rather long name of a place",),)))["Table"]
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["A"].width > 20


def test_what_is_absent_is_an_empty_cell() -> None:
    assert first_cell("fraction", None).value is None


def test_equal_tables_make_equal_files() -> None:
    table = Table((Column("x", "X"),), (("a",),))
    assert workbook("T", table, (), MADE_AT) == workbook("T", table, (), MADE_AT)
