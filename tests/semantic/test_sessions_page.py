import pytest

from semantic.catalog import Catalog
from semantic.errors import UnknownNameError
from semantic.sessions_page import PageError, PageQuery, Sort, check_page, columns_of


@pytest.mark.parametrize(("first", "n_rows"), [(-1, 1), (0, 1001), (0, 0)])
def test_a_page_out_of_bounds_is_refused(catalog: Catalog, first: int, n_rows: int) -> None:
    with pytest.raises(PageError, match="must lie in"):
        check_page(PageQuery(first=first, n_rows=n_rows), catalog)


def test_an_unknown_column_is_named_with_the_nearest(catalog: Catalog) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'device'"):
        check_page(PageQuery(sort=Sort("devise")), catalog)


def test_ids_cannot_be_sorted_by(catalog: Catalog) -> None:
    with pytest.raises(PageError, match="look for one value with find"):
        check_page(PageQuery(sort=Sort("session_id")), catalog)


def test_an_order_is_read_as_it_is_written() -> None:
    assert [Sort.from_text(text).to_text() for text in ("-age", "age", "", "-")] == ["-age", "age", "row_id", "-row_id"]


def test_columns_say_what_can_be_filtered(catalog: Catalog) -> None:
    columns = {column.name: column for column in columns_of(catalog)}
    assert (columns["age"].kind, columns["age"].unit, columns["age"].label) == ("band", "years", "Age")
    assert (columns["revenue"].dimension, columns["revenue"].unit) == ("", "₹")
    assert (columns["day"].dimension, columns["started_at"].label) == ("day", "Started at")
