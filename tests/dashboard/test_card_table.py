"""The table of a card says under which filter and from which data it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.card_table import CardTable, card_table, definition_of
from dashboard.page import PageSource
from dashboard.table import Column
from semantic.errors import UnknownNameError
from semantic.notes import Notes
from tests.dashboard.sample_model import SampleModels


@pytest.fixture
def mobile(source: PageSource) -> CardTable:
    """Return the devices, asked for under a filter on devices and places."""
    return card_table(source, "device", "?device=Mobile&location=Delhi&colour=Red")


def test_it_says_the_filter_that_is_in_force_on_the_card(mobile: CardTable) -> None:
    about = dict(mobile.about)
    assert (mobile.filter_text, about["Filter"]) == ("Location Delhi", "Location Delhi")
    assert about["Not applied here"] == "Device Mobile; the card shows all of it"


def test_it_says_version_origin_and_level(mobile: CardTable) -> None:
    about = dict(mobile.about)
    assert (about["Data version"], about["Data loaded at"]) == ("1", "2026-09-21 14:13:20 UTC")
    assert about["Data"] == "6,000 simulated sessions, made by a generator"
    assert about["Intervals"].replace("\u00a0", " ") == "95 % confidence"


def test_it_says_what_it_did_not_understand(mobile: CardTable) -> None:
    assert "colour" in dict(mobile.about)["Note"]


def test_it_defines_every_column(source: PageSource, mobile: CardTable) -> None:
    meaning = source.config.catalog.metrics[0].description
    assert dict(mobile.about)["total"] == f"All engines (fraction). {meaning}"
    assert all(column.name in dict(mobile.about) for column in mobile.table.columns)


def test_it_defines_what_rows_name(source: PageSource) -> None:
    about = dict(card_table(source, "kpi", "").about)
    assert all(about[metric.label] == metric.description for metric in source.config.catalog.metrics)


def test_a_card_of_a_page_without_filters_is_over_all_sessions(source: PageSource) -> None:
    card = card_table(source, "quality", "?device=Mobile")
    assert (card.filter_text, {row[5] for row in card.table.rows}) == ("all sessions", {6000})
    assert dict(card.about)["Not applied here"] == "Device Mobile; the card shows all of it"


def test_a_sheet_has_a_table_too(source: PageSource) -> None:
    card = card_table(source, "users", "?device=Mobile")
    assert (card.filter_text, card.view.label) == ("all sessions", "Sessions per user")
    assert sum(int(row[3] or 0) for row in card.table.rows) == 4001
    assert dict(card.about)["n_users"] == "Users (count). How many came so often."


def test_a_sheet_says_what_the_reader_chose(source: PageSource) -> None:
    served = replace(source, models=SampleModels())
    card = card_table(served, "model-learners", "?model-task=retrospective")
    assert (dict(card.about)["Model"], {row[0] for row in card.table.rows}) == ("In session", {"In session"})


def test_without_a_filter_nothing_is_left_out(source: PageSource) -> None:
    about = dict(card_table(source, "device", "").about)
    assert about["Filter"] == "all sessions"
    assert "Not applied here" not in about


def test_its_numbers_are_those_of_the_page(source: PageSource, mobile: CardTable) -> None:
    page = source.page_data("/", "?device=Mobile&location=Delhi")["views"]["device"]
    members = [(row["member"], *(mark["value"] for mark in row["variants"])) for row in page["rows"]]
    names = [column.name for column in mobile.table.columns]
    shown = [
        tuple(row[names.index(name)] for name in ("device", "variant_0", "variant_1")) for row in mobile.table.rows
    ]
    assert [row for row in shown if row[1] is not None] == members


def test_the_last_day_dates_it(mobile: CardTable) -> None:
    assert (mobile.view.label, mobile.last_day) == ("Device", "2026-08-29")


def test_an_unknown_card_is_told(source: PageSource) -> None:
    with pytest.raises(UnknownNameError, match="unknown card 'devise'; did you mean 'device'"):
        card_table(source, "devise", "")


def test_a_definition_without_unit_or_description_is_the_label() -> None:
    assert definition_of(Column("device", "Device")) == "Device."


def test_it_says_what_changes_are_on(source: PageSource, tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",), check_every_s=0)
    slug = notes.add_view("Phones", "/", "device=Mobile").slug
    card = card_table(replace(source, notes=notes), "kpi", f"?compare-to={slug}")
    assert dict(card.about)["Changes are on"] == "saved view Phones"
    changes = [row[[column.name for column in card.table.columns].index("change")] for row in card.table.rows]
    assert any(change is not None for change in changes)
