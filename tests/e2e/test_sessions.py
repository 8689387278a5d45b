"""The sessions themselves: pages from the server, under the same filter as every number above them."""

import re
from collections.abc import Callable

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from semantic.filter import Filter
from semantic.query import Query
from semantic.store import Store
from tests.e2e.overview import Overview
from tests.e2e.test_undo import press

SCRIPT = "dash_ag_grid.v"


def open_grid(overview: Overview, search: str = "") -> Overview:
    """Open the explore page with the grid in sight and its first rows in it."""
    overview.open(search, "/explore")
    overview.run("document.querySelector('#card-sessions').scrollIntoView({block: 'center'})")
    overview.until(lambda: rows(overview))
    return overview.settled()


def rows(overview: Overview, column: str = "session_id") -> list[str]:
    """Return what stands in a column, from the first row in sight down."""
    script = """const rows = [...document.querySelectorAll('#sessions-grid .ag-row')];
        rows.sort((a, b) => a.getAttribute('row-index') - b.getAttribute('row-index'));
        return rows.map(row => row.querySelector(`[col-id="${arguments[0]}"]`)?.textContent).filter(Boolean)"""
    return list(overview.run(script, column))


def count(overview: Overview) -> int:
    """Return how many sessions match, as the card says."""
    text = str(overview.run("return document.getElementById('sessions-count').textContent"))
    return int(re.sub(r"\D", "", text) or -1)


def head(overview: Overview, column: str) -> WebElement:
    """Return the head of a column, brought into sight."""
    overview.run("dash_ag_grid.getApi('sessions-grid').ensureColumnVisible(arguments[0])", column)
    return overview.find(f'#sessions-grid .ag-header-cell[col-id="{column}"]')


def sort(overview: Overview, column: str) -> Overview:
    """Click the label of a column, and wait for the rows."""
    head(overview, column).find_element("css selector", ".grid-label").click()
    return overview.settled()


def serve_millions(overview: Overview) -> None:
    """Let the server seem to hold 20 million sessions."""
    overview.run(
        """const as = fetch; window.asked = [];
        window.fetch = async (url, options) => {
          if (!String(url).includes('/api/v1/sessions')) return as(url, options);
          const first = Number(/first=(\\d+)/.exec(url)[1]); window.asked.push(first);
          const found = await (await as(String(url).replace(/first=\\d+/, 'first=0'), options)).json();
          found.rows.forEach((row, i) => { row.session_id = 'R' + (first + i); });
          return new Response(JSON.stringify({...found, n_sessions: 20000000})); };"""
    )


def test_the_script_of_the_grid_comes_with_the_grid_only(overview: Overview) -> None:
    overview.asked()
    overview.open("", "/")
    assert not [url for url in overview.asked() if SCRIPT in url]
    open_grid(overview)
    assert [url for url in overview.asked() if SCRIPT in url]


def test_the_count_equals_the_cards(overview: Overview, loaded_store: Store) -> None:
    open_grid(overview, "?device=Mobile")
    (answer,) = loaded_store.answers([Query(("n_sessions",), (), Filter.from_query("device=Mobile"))])
    assert count(overview) == int(answer["n_sessions"])
    assert set(rows(overview, "device")) == {"Mobile"}


def test_a_click_on_a_head_sorts_all_pages(overview: Overview, loaded_store: Store) -> None:
    sort(open_grid(overview), "time_spent_s")
    overview.until(lambda: overview.search == "?sessions-sort=-time_spent_s")
    overview.until(lambda: len(rows(overview, "time_spent_s")) > 5)
    seen = [float(text.replace(",", "")) for text in rows(overview, "time_spent_s")]
    assert seen == sorted(seen, reverse=True)
    press(overview, Keys.CONTROL, "z")
    assert overview.search == ""


def test_a_filter_keeps_the_sort_and_drops_the_rows_of_before(overview: Overview) -> None:
    open_grid(overview, "?sessions-sort=-pages_viewed")
    before = count(overview)
    overview.run("product.state.change((filter) => product.filter.toggle(filter, 'device', 'Tablet'))")
    overview.until(lambda: 0 < count(overview) < before)
    overview.until(lambda: set(rows(overview, "device")) == {"Tablet"})
    seen = [float(text) for text in rows(overview, "pages_viewed")]
    assert seen == sorted(seen, reverse=True)


def test_the_filter_of_a_column_is_the_filter_of_the_page(overview: Overview) -> None:
    open_grid(overview)
    head(overview, "location").find_element("css selector", ".grid-filter").click()
    overview.find(".at-column input[value=Mumbai]").click()
    assert overview.settled().search == "?location=Mumbai"
    overview.until(lambda: set(rows(overview, "location")) == {"Mumbai"})
    press(overview, Keys.ESCAPE)
    assert overview.search == "?location=Mumbai"
    assert "ag-header-cell" in overview.run("return document.activeElement.className")


def test_a_column_of_numbers_takes_a_range(overview: Overview) -> None:
    open_grid(overview)
    head(overview, "pages_viewed").find_element("css selector", ".grid-filter").click()
    low, high = overview.driver.find_elements("css selector", ".at-column .range input")
    low.send_keys("3", Keys.TAB)
    high.send_keys("5", Keys.TAB)
    overview.until(lambda: overview.search == "?pages_viewed=3..5")
    overview.until(lambda: rows(overview, "pages_viewed") and {"3", "4"} >= set(rows(overview, "pages_viewed")))


def test_a_session_is_found_and_a_wrong_id_is_told(overview: Overview) -> None:
    box = open_grid(overview).find("#sessions-find input")
    box.send_keys("s17", Keys.ENTER)
    overview.until(lambda: rows(overview) == ["s17"])
    assert count(overview) == 1
    box.send_keys("x", Keys.ENTER)
    assert overview.text("#sessions-state p") == "No session or user in this selection has the id s17x."
    overview.find("#sessions-state button").click()
    overview.until(lambda: len(rows(overview)) > 1)


def test_any_place_of_twenty_million_rows_can_be_scrolled_to(overview: Overview) -> None:
    serve_millions(open_grid(overview))
    overview.run("product.state.change((filter) => product.filter.toggle(filter, 'device', 'Mobile'))")
    overview.until(lambda: count(overview) == 20_000_000)
    for share, least in ((1, 19_999_900), (0.5, 9_900_000)):
        overview.run("const box = document.querySelector('#sessions-grid .ag-body-viewport');"
                     "box.scrollTop = box.scrollHeight * arguments[0]", share)  # fmt: skip
        overview.until(lambda least=least: int((rows(overview) or ["R0"])[0][1:]) >= least)  # type: ignore[misc]
    assert 19_999_900 in overview.run("return window.asked")


def test_a_failing_server_is_told_and_tried_again(overview: Overview) -> None:
    open_grid(overview)
    overview.run("window.asIs = fetch; window.fetch = (url, options) => String(url).includes('/api/v1/sessions')"
                 " ? Promise.resolve(new Response('{}', {status: 500})) : asIs(url, options)")  # fmt: skip
    overview.run("product.state.change((filter) => product.filter.toggle(filter, 'device', 'Mobile'))")
    assert overview.text("#sessions-state p") == "The sessions could not be fetched: the server failed (500)."
    overview.run("window.fetch = asIs")
    overview.find("#sessions-state button").click()
    overview.until(lambda: set(rows(overview, "device")) == {"Mobile"})


def test_the_grid_is_walked_sorted_and_filtered_by_keyboard(overview: Overview) -> None:
    open_grid(overview)
    head(overview, "variant")
    overview.run("document.querySelector('#sessions-grid .ag-header-cell[col-id=variant]').focus()")
    press(overview, Keys.ENTER)
    overview.until(lambda: overview.search == "?sessions-sort=variant")
    press(overview, Keys.ALT, Keys.ARROW_DOWN)
    overview.find(".at-column .popover")
    press(overview, Keys.ESCAPE)
    press(overview, Keys.ARROW_DOWN)
    press(overview, Keys.ARROW_DOWN)
    assert overview.run("return document.activeElement.closest('.ag-row')?.getAttribute('row-index')") == "1"


def test_downloads_carry_filter_sort_and_id(overview: Overview) -> None:
    open_grid(overview, "?device=Mobile&sessions-sort=-revenue")
    link = overview.find("#sessions-csv").get_attribute("href")
    assert link.endswith("/api/v1/sessions.csv?device=Mobile&sort=-revenue")


def test_the_console_stays_empty(overview: Overview, console: Callable[[], list[str]]) -> None:
    sort(open_grid(overview, "?device=Mobile"), "variant")
    ActionChains(overview.driver).send_keys(Keys.ESCAPE).perform()
    assert (overview.settled().search, console()) == ("?sessions-sort=variant", [])
