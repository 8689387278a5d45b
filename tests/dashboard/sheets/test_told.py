"""A sheet tells of what is found, or says in one sentence why there is nothing."""

from typing import Any

import pytest

from dashboard.sheets.blocks import paragraph
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.told import Told, told_sheet
from dashboard.table import Column

COLUMNS = (Column("name", "Name"),)


def sheet(found: int | str) -> Sheet:
    told: Told[int] = Told(lambda n: [paragraph(f"{n} things")], COLUMNS, lambda n: [(n,)], lambda n: f"There are {n}.")
    return told_sheet("things", "Things", told, lambda _: found, page="data", width=6)


def parts(made: Sheet, facts: Any = None) -> tuple[Any, ...]:
    return made.blocks(facts), made.table(facts).rows, made.summary(facts)


def test_what_is_found_is_told() -> None:
    assert parts(sheet(3)) == ([paragraph("3 things")], ((3,),), "There are 3.")


def test_where_nothing_is_found_the_sentence_is_said_quietly() -> None:
    assert parts(sheet("Nobody looked.")) == ([paragraph("Nobody looked.", "quiet")], (), "Nobody looked.")


@pytest.mark.parametrize("found", [3, "Nobody looked."])
def test_the_table_has_its_columns_and_the_sheet_its_fields(found: int | str) -> None:
    made = sheet(found)
    assert made.table(None).columns == COLUMNS  # type: ignore[arg-type]
    assert (made.name, made.title, made.page, made.width) == ("things", "Things", "data", 6)
