"""Pages share one filter; going from one to another loads nothing anew."""

from tests.e2e.overview import Overview


def go(overview: Overview, page: str) -> Overview:
    """Follow a link of the navigation."""
    overview.find(f"nav a[data-page={page}]").click()
    return overview.settled()


def test_the_filter_goes_along_to_another_page_and_back(overview: Overview) -> None:
    overview.click("device", "Mobile")
    go(overview, "explore")
    assert (overview.run("return location.pathname"), overview.search) == ("/explore", "?device=Mobile")
    assert overview.text("#title") == "Explore"
    overview.driver.back()
    overview.settled()
    assert (overview.text("#title"), overview.chosen("device")) == ("Overview", ["Mobile"])


def test_the_page_shown_is_marked_in_the_navigation(overview: Overview) -> None:
    go(overview, "data")
    marked = overview.run("return [...document.querySelectorAll('nav [aria-current]')].map(a => a.textContent)")
    assert marked == ["Data"]
    assert not overview.find("#main").find_elements("css selector", "#filters:not([hidden])")


def test_a_page_without_an_address_is_told(overview: Overview) -> None:
    overview.driver.get(overview.browser.server_url + "/typo")
    assert "There is no page at /typo; choose one from the navigation." in overview.text(".notice.fault")
    assert "No numbers" not in overview.text(".notice.fault")


def test_what_a_filter_did_is_said(overview: Overview) -> None:
    overview.click("device", "Mobile")
    assert overview.run("return document.getElementById('live').textContent").startswith("Device: Mobile: ")
