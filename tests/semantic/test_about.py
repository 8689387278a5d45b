from semantic.about import about_lines, about_text, definitions_of, described_by
from semantic.catalog import Catalog
from semantic.filter import Filter
from semantic.store import Store


def test_an_export_says_where_its_numbers_come_from(store: Store, catalog: Catalog) -> None:
    where = Filter.from_query("device=Mobile")
    lines = dict(about_lines("Sessions", where, store.snapshot(), catalog, definitions_of(catalog)))
    assert lines["Filter"] == "Device Mobile"
    assert lines["Data version"] == "1"
    assert lines["Data loaded at"] == "1970-01-01 00:00:00 UTC"
    assert lines["Data"] == "3,000 sessions that happened"
    assert lines["age"] == "Age (years). Age of the visitor."


def test_metrics_are_defined_too(catalog: Catalog) -> None:
    assert definitions_of(catalog)["conversion_rate"].startswith("Conversion rate (fraction). Sessions that ended")


def test_as_text_each_pair_is_one_line() -> None:
    assert about_text([("Filter", "Place a\nb"), ("Data", "x")]) == "Filter: Place a b\nData: x\n"


def test_a_description_of_everything_has_no_query() -> None:
    assert described_by("/a.about", b"") == '</a.about>; rel="describedby"'


def test_a_link_cannot_be_ended_by_what_was_asked() -> None:
    assert described_by("/a.about", b'q=1>; rel="x') == '</a.about?q=1%3E%3B%20rel=%22x>; rel="describedby"'
