"""Blocks are plain data."""

from dashboard.sheets.blocks import (
    beside,
    cell,
    copying,
    groups,
    heading,
    link,
    listing,
    page_link,
    paragraph,
    pick,
    rows_of,
    stacked,
    total,
)


def test_a_head_says_whether_its_column_is_of_numbers() -> None:
    heads = rows_of("Rows", ("Name", "#Rows"), [])["columns"]
    assert heads == [{"label": "Name", "is_number": False}, {"label": "Rows", "is_number": True}]


def test_a_sum_keeps_its_parts_in_order() -> None:
    block = total(("Read", "3"), [("Loaded", "2", 2), ("Refused", "1", 1)])
    assert [part["n"] for part in block["parts"]] == [2, 1]


def test_a_cell_is_its_text_and_what_else_is_drawn() -> None:
    assert cell("12", bar=0.5) == {"text": "12", "bar": 0.5}


def test_blocks_hold_others_in_their_order() -> None:
    assert beside(paragraph("a"), stacked(paragraph("b")))["blocks"][1]["blocks"][0]["text"] == "b"


def test_a_row_that_filters_names_its_members_and_what_remembers_them() -> None:
    found = cell("Mobile", pick=pick("card-chosen", [("device", "Mobile")]))
    assert found == {"text": "Mobile", "pick": {"option": "card-chosen", "members": [("device", "Mobile")]}}


def test_each_block_names_its_kind() -> None:
    blocks = [paragraph("a"), listing([]), link("/a", "a"), heading("a"), groups([]), page_link("/a", "a")]
    assert [block["kind"] for block in blocks] == ["paragraph", "listing", "link", "heading", "groups", "page"]
    assert copying("a", "b")["kind"] == "copying"
