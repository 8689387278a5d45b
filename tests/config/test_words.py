import pytest

from config.spec import FieldSpec
from config.words import build_catalog, complete_fields
from semantic.catalog import Catalog
from semantic.errors import ConfigError

NEEDED = {"variant": FieldSpec(column="e", values=("A", "B")), "converted": FieldSpec(column="c")}


def catalog(**added: FieldSpec) -> Catalog:
    return build_catalog(complete_fields({**NEEDED, **added}), control="", currency="€")


def test_the_first_variant_is_control_unless_one_is_named() -> None:
    assert catalog().control == "A"


def test_the_variant_is_the_first_dimension() -> None:
    fields = {"device": FieldSpec(column="d"), **NEEDED}
    assert build_catalog(complete_fields(fields), "", "€").dimensions[0].name == "variant"


def test_a_time_is_stored_as_moment_and_day_and_filtered_by_day() -> None:
    words = catalog(started_at=FieldSpec(column="t"))
    assert {"started_at": "timestamp", "day": "date"}.items() <= {c.name: c.type for c in words.columns}.items()
    assert words.dimension("day").kind == "time"
    assert not words.has_dimension("started_at")


def test_an_amount_is_a_metric_in_the_currency_and_no_dimension() -> None:
    words = catalog(revenue=FieldSpec(column="r"))
    assert words.metric("mean_revenue").unit == "€"
    assert not words.has_dimension("revenue")


def test_an_added_field_becomes_a_dimension_and_a_metric_by_its_kind() -> None:
    words = catalog(bounce=FieldSpec(column="b", kind="number"), browser=FieldSpec(column="w", kind="category"))
    assert words.metric("mean_bounce").label == "Bounce per session"
    assert words.dimension("browser").label == "Browser"


def test_what_the_file_says_wins_over_the_usual_meaning() -> None:
    fields = complete_fields({**NEEDED, "age": FieldSpec(column="a", edges=(30,), label="Years", minimum=None)})
    assert fields["age"].edges == (30,)
    assert fields["age"].label == "Years"
    assert fields["age"].minimum is None
    assert fields["age"].maximum == 110


def test_what_is_measured_after_the_engine_acted_is_marked_as_known_or_configured() -> None:
    words = catalog(
        time_spent_s=FieldSpec(column="t"),
        pages_viewed=FieldSpec(column="p", after_engine=False),
        scrolled=FieldSpec(column="s", kind="number", after_engine=True),
    )
    found = {d.name: d.is_post_treatment for d in words.dimensions}
    assert found == {"variant": False, "time_spent_s": True, "pages_viewed": False, "scrolled": True}


def test_a_propensity_is_neither_dimension_nor_metric_but_weighs_outcomes() -> None:
    words = catalog(propensity=FieldSpec(column="p"), revenue=FieldSpec(column="r"))
    assert not words.has_dimension("propensity")
    assert [metric.name for metric in words.metrics] == ["conversion_rate", "mean_revenue"]
    assert words.measure("sum_revenue_weighted_squared").factors == (("revenue", 2), ("propensity", -2))
    assert {m.name for m in words.measures} >= {"sum_weight", "sum_weight_squared", "sum_converted_weighted_twice"}


@pytest.mark.parametrize("spec", [{"missing": "keep"}, {"above": -1.0}, {"kind": "number"}])
def test_a_propensity_keeps_the_bounds_of_a_probability(spec: dict) -> None:
    with pytest.raises(ConfigError, match=r"fields\.propensity has"):
        catalog(propensity=FieldSpec(column="p", **spec))
