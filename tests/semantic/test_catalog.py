import pytest

from semantic.catalog import Catalog, Dimension, Measure, measures_of_number
from semantic.errors import UnknownNameError


def test_names_are_found(catalog: Catalog) -> None:
    assert catalog.dimension("device").label == "Device"
    assert catalog.measure("sum_revenue").unit == "₹"
    assert catalog.metric("conversion_rate").is_proportion


@pytest.mark.parametrize("kind", ["dimension", "measure", "metric"])
def test_an_unknown_name_lists_the_known(catalog: Catalog, kind: str) -> None:
    with pytest.raises(UnknownNameError, match=f"unknown {kind} 'colour'.*Known: "):
        getattr(catalog, kind)("colour")


def test_a_number_gets_what_means_and_variances_need() -> None:
    names = [m.name for m in measures_of_number("pages", "Pages", "pages")]
    assert names == ["n_pages", "sum_pages", "sum_pages_squared", "sum_pages_converted"]


def test_a_metric_names_each_measure_once(catalog: Catalog) -> None:
    assert catalog.metric("conversion_rate").measures == ("n_sessions", "n_converted")


def test_the_fingerprint_changes_with_what_the_cube_depends_on() -> None:
    one = Catalog((Dimension("a", "A", "a", "band", edges=(1.0,)),), (Measure("n", "N"),), (), ())
    other = Catalog((Dimension("a", "A", "a", "band", edges=(2.0,)),), (Measure("n", "N"),), (), ())
    assert one.fingerprint != other.fingerprint


def test_a_flag_that_changes_no_stored_row_forces_no_reload() -> None:
    early, late = (Dimension("a", "A", "a", "number", is_post_treatment=flag) for flag in (False, True))
    assert early != late
    assert Catalog((early,), (), (), ()).fingerprint == Catalog((late,), (), (), ()).fingerprint
