"""Every view can be had as CSV and XLSX that hold its table, unrounded, whatever the data."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from dashboard.card_table import CardTable, card_table
from dashboard.page import PageSource
from dashboard.table import Cell, Column, unit_of
from dashboard.views import all_views
from semantic.safe_csv import neutral
from tests.contract.test_views import source
from tests.dashboard.test_exports import client_of

__all__ = ["source"]
FILTERS = ("", "?device=Mobile", "?day=2026-07-03..2026-07-20&variant=New")
under_filters = pytest.mark.parametrize("search", FILTERS)


def cards(source: PageSource, search: str) -> list[CardTable]:
    """Return the tables of all cards of all pages."""
    return [card_table(source, view.name, search) for view in all_views(source.context())]


def from_csv(text: str, cell: Cell) -> Cell:
    """Return what stands in a CSV as the type that it was written from."""
    if text == "":
        return None
    return text if isinstance(cell, str) else type(cell)(text) if cell is not None else text


def from_xlsx(value: Any, unit: str, cell: Cell) -> Cell:
    """Return what stands in a sheet as it stands in the table."""
    if unit == "day" and not isinstance(value, str | None):
        return str(value.date().isoformat())
    return value / 100 if unit == "points" and value is not None else "" if value is None and cell == "" else value


def rounded(cell: Cell) -> Cell:
    """Return a cell with the digits that a workbook keeps."""
    return float(f"{cell:.12g}") if isinstance(cell, float | int) else cell


@under_filters
def test_a_csv_holds_the_table(source: PageSource, search: str) -> None:
    for card in cards(source, search):
        head, *lines = csv.reader(io.StringIO(client_of(source).get(f"/cards/{card.view.name}.csv{search}").text))
        assert head == [column.name for column in card.table.columns]
        read = [tuple(map(from_csv, line, row)) for line, row in zip(lines, card.table.rows, strict=True)]
        assert read == [tuple(neutral(c) if isinstance(c, str) else c for c in row) for row in card.table.rows]


@under_filters
def test_a_workbook_holds_the_table(source: PageSource, search: str) -> None:
    for card in cards(source, search):
        table, data = card.table, client_of(source).get(f"/cards/{card.view.name}.xlsx{search}").data
        head, *lines = openpyxl.load_workbook(io.BytesIO(data))["Table"].iter_rows(values_only=True)
        assert list(head) == [column.label for column in table.columns]
        for line, row in zip(lines, table.rows, strict=True):
            units = [unit_of(column, row, table.columns) for column in table.columns]
            assert list(map(rounded, map(from_xlsx, line, units, row))) == list(map(rounded, row))


@under_filters
def test_an_export_says_filter_version_origin_level_and_definitions(source: PageSource, search: str) -> None:
    for card in cards(source, search):
        about = dict(card.about)
        assert {"Filter", "Data version", "Data loaded at", "Data", "Intervals"} <= set(about)
        assert all(about[column.name].startswith(column.label) for column in card.table.columns), card.view.name


def test_every_number_of_every_table_is_defined(source: PageSource) -> None:
    def is_told(column: Column) -> bool:
        return bool(column.description) or column.unit in ("text", "metric")

    for card in cards(source, ""):
        assert [column.name for column in card.table.columns if not is_told(column)] == [], card.view.name
