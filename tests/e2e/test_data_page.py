"""The data page in the browser: where the data is from, what was refused, what the words mean, what is configured."""

import pytest

from tests.e2e.overview import Overview


@pytest.fixture
def data(overview: Overview) -> Overview:
    """Return the data page with every card drawn."""
    return overview.open("", "/data").seen()


def test_the_first_line_says_how_much_data_there_is(data: Overview) -> None:
    assert data.text("#card-data-headline .headline") == "Simulated data: 6,000 sessions up to 29 Aug 2026."
    assert "Loaded 21 Sep 2026, 19:43 IST" in data.text("#card-data-headline .summary")


def test_the_filter_of_other_pages_neither_empties_it_nor_is_lost(data: Overview) -> None:
    data.open("?device=Mobile&day=2030-01-01..2030-02-01", "/data").seen()
    assert "6,000" in data.text("#card-freshness")
    data.find("nav a[data-page=overview]").click()
    assert "device=Mobile" in data.settled().search


def test_definitions_are_searched_by_any_word_in_them(data: Overview) -> None:
    box = data.find("#card-definitions input")
    box.send_keys("revenue mean")
    names = data.run("return [...document.querySelectorAll('#card-definitions tbody tr')].filter(r => !r.hidden)"
                     ".map(r => r.cells[0].firstChild.textContent)")  # fmt: skip
    assert names == ["Revenue per session"]
    assert data.text("#card-definitions .sheet-count").startswith("1 of ")


def test_sessions_per_user_stand_with_their_key_figures(data: Overview) -> None:
    assert "4,001" in data.text("#card-users .sheet-list")
    rows = data.run("return [...document.querySelectorAll('#card-users tbody tr')].map(r => r.cells[2].textContent)")
    assert sum(int(text.replace(",", "")) for text in rows) == 4001


def test_the_configuration_can_be_copied_and_holds_no_path_of_a_password(data: Overview) -> None:
    assert "Recommender Conversion" in data.text("#card-configuration")
    data.find("#card-configuration .sheet-actions button").click()
    data.until(lambda: data.text("#card-configuration .sheet-actions") == "Copied")


def test_a_sheet_has_a_table_twin(data: Overview) -> None:
    data.find("#card-users .menu-button").click()
    data.find("#card-users .menu [role=menuitem]").click()
    data.until(lambda: "Sessions per user: all sessions" in data.text("#card-users .twin caption"))


def test_wide_tables_scroll_in_their_cards_on_a_phone(data: Overview) -> None:
    data.emulate(360)
    data.open("", "/data").seen()
    wide = "e => e.scrollWidth > e.clientWidth + 1 && e.checkVisibility()"
    rows = f"[...document.querySelectorAll('.sheet-rows')].filter({wide})"
    assert data.run(f"return {rows}.length") >= 1
    assert data.run(f"return {rows}.every(e => e.tabIndex === 0)")
