from api.plain_page import plain_page


def test_everything_on_it_is_escaped() -> None:
    page = plain_page("Shop <1>", "</p><script>alert(1)</script>")
    assert "<h1>Shop &lt;1&gt;</h1>" in page
    assert "&lt;/p&gt;&lt;script&gt;" in page
    assert "<script" not in page


def test_it_has_a_way_home_or_asks_again_by_itself() -> None:
    still, waiting = plain_page("a", "b"), plain_page("a", "b", reloads=True)
    assert ('href="/"' in still, "refresh" in still) == (True, False)
    assert ('href="/"' in waiting, "refresh" in waiting) == (False, True)
