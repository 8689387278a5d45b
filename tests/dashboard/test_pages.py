"""Each page has an address of its own."""

from dashboard.pages import PAGES, page_at, page_named


def test_every_page_is_found_at_its_address() -> None:
    assert [page_at(page.path) for page in PAGES] == list(PAGES)


def test_every_page_is_found_by_its_name() -> None:
    assert [page_named(page.name) for page in PAGES] == list(PAGES)


def test_a_slash_at_the_end_does_not_matter() -> None:
    assert page_at("/explore/") == page_at("/explore")


def test_elsewhere_is_no_page() -> None:
    assert page_at("/typo") is None
