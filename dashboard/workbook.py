"""workbook: a table as XLSX with typed cells, and on a second sheet what it says of itself."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dashboard.table import Cell, Table, unit_of
from semantic.safe_csv import neutral

_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_FORMATS = {
    "count": "#,##0",
    "day": "yyyy-mm-dd",
    "fraction": "0.0%",
    "points": '+0.00" pt";-0.00" pt";0.00" pt"',
    "relative": "+0.0%;-0.0%;0.0%",
    "text": "@",
}
_NUMBER = "#,##0.00"
_MAX_WIDTH_PX = 360
_HEADING_WIDTH, _TEXT_WIDTH = 28, 100


def workbook(title: str, table: Table, about: Iterable[tuple[str, str]], made_at: datetime) -> bytes:
    """Return the bytes of an XLSX file.

    Parameters
    ----------
    title : str
        Its title in the properties.
    table : Table
        First sheet. Days are dates and fractions percent; a difference of fractions is written in percentage points.
    about : iterable of (str, str)
        Second sheet.
    made_at : datetime
        Stands as its time of making, so that equal tables make equal files.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_TEXT_ONLY}) as book:
        book.set_properties({"title": title, "created": made_at})
        styles = _Styles(book)
        _write_table(book.add_worksheet("Table"), table, styles)
        _write_about(book.add_worksheet("About"), about, styles)
    return file.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def text(self, text: str, **properties: Any) -> Any:
        """Return the format of a text; Excel marks as text what begins like a formula."""
        marked = {"quote_prefix": True} if neutral(text) != text else {}
        return self.of(num_format="@", **properties, **marked)


def _write_table(sheet: Any, table: Table, styles: _Styles) -> None:
    for place, column in enumerate(table.columns):
        aligned = "left" if column.unit in ("text", "day") else "right"
        style = styles.text(column.label, bold=True, bottom=1, text_wrap=True, valign="top", align=aligned)
        sheet.write_string(0, place, column.label, style)
    for number, row in enumerate(table.rows, start=1):
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, (number, place), cell, unit_of(column, row, table.columns), styles)
    sheet.freeze_panes(1, 1)
    sheet.autofit(_MAX_WIDTH_PX)


def _write_cell(sheet: Any, at: tuple[int, int], cell: Cell, unit: str, styles: _Styles) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        day = _day(cell) if unit == "day" else None
        if day:
            sheet.write_datetime(*at, day, styles.of(num_format=_FORMATS["day"], align="left"))
        else:
            sheet.write_string(*at, cell, styles.text(cell))
        return
    number = cell * 100 if unit == "points" else cell
    sheet.write_number(*at, number, styles.of(num_format=_FORMATS.get(unit, _NUMBER)))


def _day(text: str) -> datetime | None:
    """Return an ISO day as Excel takes it; None where the text is none, such as a missing one."""
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    except ValueError:
        return None


def _write_about(sheet: Any, about: Iterable[tuple[str, str]], styles: _Styles) -> None:
    sheet.set_column(0, 0, _HEADING_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    for number, (heading, text) in enumerate(about):
        sheet.write_string(number, 0, heading, styles.text(heading, bold=True, valign="top"))
        sheet.write_string(number, 1, text, styles.text(text, text_wrap=True, valign="top"))
