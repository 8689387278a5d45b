"""The Explore page as a reader uses it."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.e2e.overview import Overview

KEYS = {"Enter": Keys.ENTER, "ArrowLeft": Keys.ARROW_LEFT, "ArrowRight": Keys.ARROW_RIGHT, "ArrowDown": Keys.ARROW_DOWN}


class Explore:
    """The open page.

    Parameters
    ----------
    overview : Overview
        The browser, as all pages use it.
    search : str
        Query string to open it with.
    """

    def __init__(self, overview: Overview, search: str = "") -> None:
        self.overview = overview
        overview.open(search, "/explore")

    @property
    def search(self) -> str:
        """The URL's query string."""
        return self.overview.search

    @property
    def sessions(self) -> int:
        """How many sessions the page is about."""
        return int(self.overview.run("return product.page.data.n_sessions"))

    def settled(self) -> "Explore":
        """Wait for the answer."""
        self.overview.settled()
        return self

    def shown(self, selector: str) -> WebElement:
        """Return an element, brought into the middle of the window."""
        self.overview.run(
            "document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", "#" + selector.split()[0][1:]
        )
        found = self.overview.find(selector)
        self.overview.run("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", found)
        return found

    def click(self, selector: str, *, shift: bool = False) -> "Explore":
        """Click there, and wait for the answer."""
        chain = ActionChains(self.overview.driver)
        chain = chain.key_down(Keys.SHIFT) if shift else chain
        chain = chain.move_to_element(self.shown(selector)).click()
        (chain.key_up(Keys.SHIFT) if shift else chain).perform()
        return self.settled()

    def click_cell(self, row: str, column: str, *, shift: bool = False) -> "Explore":
        """Click a cell of the heatmap."""
        return self.click(f'#card-heatmap .heat-cell[data-row="{row}"][data-column="{column}"]', shift=shift)

    def click_heading(self, member: str) -> "Explore":
        """Click a heading of the heatmap."""
        return self.click(f'#card-heatmap .heat-head[data-member="{member}"]')

    def chosen_cells(self) -> list[tuple[str, str]]:
        """Return row and column of the cells that are marked as chosen."""
        script = (
            "return [...document.querySelectorAll('.heat-cell.chosen')].map(e => [e.dataset.row, e.dataset.column])"
        )
        return [tuple(pair) for pair in self.overview.run(script)]

    def focused(self) -> tuple[str, str]:
        """Return row and column of the cell that has the focus."""
        row, column = self.overview.run("const d = document.activeElement.dataset; return [d.row, d.column]")
        return row, column

    def choose(self, option: str, word: str) -> "Explore":
        """Choose on a card."""
        self.overview.find(f"select[data-option={option}] option[value={word}]").click()
        return self.settled()

    def value_of(self, option: str) -> str:
        """Return what a card says is chosen."""
        return str(self.overview.run(f"return document.querySelector('select[data-option={option}]').value"))

    def click_bin(self, view: str, place: int, *, shift: bool = False) -> "Explore":
        """Click a bin."""
        return self.click(f'#card-{view} .span-bin[data-at="{place}"]', shift=shift)

    def drag_bins(self, view: str, first: int, last: int) -> "Explore":
        """Drag from one bin to another."""
        start, end = (self.shown(f'#card-{view} .span-bin[data-at="{place}"]') for place in (first, last))
        chain = ActionChains(self.overview.driver).move_to_element(start).click_and_hold()
        chain.move_to_element(end).pause(0.1).release().perform()
        return self.settled()

    def chosen_bins(self, view: str) -> list[int]:
        """Return the places of the bins that are marked as chosen."""
        self.shown(f"#card-{view} .spans")
        bins = f"document.querySelectorAll('#card-{view} .span-bin[aria-selected=true]')"
        return [int(place) for place in self.overview.run(f"return [...{bins}].map(bin => bin.dataset.at)")]

    def ends(self, dimension: str, place: int) -> tuple[float, float]:
        """Return where a bin of a dimension begins and ends."""
        edges = self.overview.run("return product.page.data.choices[arguments[0]].edges", dimension)
        return float(edges[place - 1]), float(edges[place])

    def press_in(self, view: str, *keys: str) -> "Explore":
        """Press keys while the bins of a card have the focus; ``Shift+`` holds that key."""
        self.overview.run("arguments[0].focus()", self.shown(f"#card-{view} .spans"))
        return self._press(keys)

    def members(self) -> tuple[list[str], list[str]]:
        """Return the rows and the columns of the heatmap."""
        script = "const {rows, columns} = product.page.data.views.heatmap; return [rows.members, columns.members]"
        rows, columns = self.overview.run(script)
        return rows, columns

    def press_in_heatmap(self, *keys: str) -> "Explore":
        """Press keys from the first cell of the heatmap on."""
        self.overview.run("arguments[0].focus()", self.shown("#card-heatmap .heat-cell[tabindex='0']"))
        return self._press(keys)

    def _press(self, keys: tuple[str, ...]) -> "Explore":
        for key in keys:
            chain = ActionChains(self.overview.driver)
            if key.startswith("Shift+"):
                chain.key_down(Keys.SHIFT).send_keys(KEYS[key.removeprefix("Shift+")]).key_up(Keys.SHIFT).perform()
            else:
                chain.send_keys(KEYS[key]).perform()
            self.settled()
        return self
