"""Views are saved by name, opened, shared, renamed and deleted on the page."""

from selenium.webdriver.common.keys import Keys

from semantic.notes import Notes
from tests.e2e.overview import Overview

MOBILE = "?device=Mobile"


def views(overview: Overview) -> Overview:
    """Open the list of saved views."""
    overview.find("#views").click()
    overview.find("input[name=view]")
    return overview


def save(overview: Overview, name: str) -> None:
    """Save what is shown under a name."""
    views(overview).find("input[name=view]").send_keys(name, Keys.ENTER)


def do(overview: Overview, deed: str) -> None:
    """Press what can be done with the first view of the list."""
    overview.find(f'.notes-list button[aria-label^="{deed}: "]').click()


def test_a_view_is_saved_and_named_beside_the_title(overview: Overview, notes: Notes) -> None:
    save(overview.open(MOBILE), "Phones")
    assert overview.text("#view-name") == "Phones"
    assert [(view.name, view.path, view.query) for view in notes.read().views] == [("Phones", "/", "device=Mobile")]


def test_its_short_link_opens_it(overview: Overview, notes: Notes) -> None:
    view = notes.add_view("Phones", "/", "device=Mobile")
    overview.open("", f"/v/{view.slug}")
    assert (overview.search, overview.text("#view-name")) == (MOBILE, "Phones")


def test_share_copies_the_short_link_of_a_saved_view(overview: Overview, notes: Notes) -> None:
    view = notes.add_view("Phones", "/", "device=Mobile")
    overview.open(MOBILE)
    assert str(overview.run("return product.savedViews.shared()")).endswith(f"/v/{view.slug}")
    overview.click("gender", "Female")
    assert str(overview.run("return product.savedViews.shared()")).endswith("gender=Female")


def test_a_change_is_told_and_can_be_saved(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    overview.open(MOBILE).click("gender", "Female")
    assert overview.find("#view-name").get_attribute("textContent") == "Phones, changedSave"
    overview.find("#view-name button").click()
    overview.until(lambda: notes.read().views[0].query == "device=Mobile&gender=Female")
    overview.until(lambda: overview.text("#view-name") == "Phones")


def test_a_view_is_opened_from_the_list_and_the_gesture_can_be_undone(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    views(overview.open("?gender=Female")).find(".notes-list a").click()
    assert overview.settled().search == MOBILE
    overview.find("#undo").click()
    assert overview.settled().search == "?gender=Female"


def test_a_taken_name_is_told_in_place(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    save(overview.open("?gender=Female"), "phones")
    overview.until(
        lambda: "names must differ" in overview.run("return document.querySelector('.popover .fault').textContent")
    )
    assert overview.run("return document.querySelector('input[name=view]').value") == "phones"


def test_a_view_is_renamed(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    do(views(overview.open()), "Rename")
    overview.find(".asked").send_keys(" in Delhi", Keys.ENTER)
    overview.until(lambda: notes.read().views[0].name == "Phones in Delhi")


def test_escape_in_a_name_keeps_it_and_the_list(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    do(views(overview.open(MOBILE)), "Rename")
    overview.find(".asked").send_keys("x", Keys.ESCAPE)
    assert overview.text(".notes-list a") == "Phones"
    assert overview.search == MOBILE


def test_a_view_is_deleted_once_that_is_confirmed(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    do(views(overview.open()), "Delete")
    assert "its link for everyone" in overview.text(".notes-list li")
    overview.find(".asked").click()
    overview.until(lambda: not notes.read().views)


def test_names_are_no_markup(overview: Overview, notes: Notes) -> None:
    notes.add_view("<img src=x onerror=alert(1)>", "/", "device=Mobile")
    views(overview.open(MOBILE + "&compare-to=" + notes.read().views[0].slug))
    assert not overview.exists("main img")
    assert overview.text(".notes-list a") == "<img src=x onerror=alert(1)>"
