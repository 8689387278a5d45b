"""Categories are dots at their names, numbers lines with their band."""

from dashboard.sheets.model.dependence import DEPENDENCE
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table


def test_each_attribute_is_drawn_by_its_kind(tell: Tell) -> None:
    device, age = blocks_of(DEPENDENCE, tell(), "chart")
    assert (device["series"][0]["style"], device["x"]["members"]) == ("dots", ("Mobile", "Desktop", "Tablet"))
    assert (age["series"][0]["style"], age["x"]["label"]) == ("line", "Age, years")


def test_all_share_one_axis(tell: Tell) -> None:
    assert len({(chart["y"]["low"], chart["y"]["high"]) for chart in blocks_of(DEPENDENCE, tell(), "chart")}) == 1


def test_the_table_names_members_and_values(tell: Tell) -> None:
    values = [row["value"] for row in rows_of_table(DEPENDENCE, tell())]
    assert values[:4] == ["Mobile", "Desktop", "Tablet", "18"]
