from dataclasses import fields, replace

import pytest

from analytics import Params
from analytics.breakdown import BREAKDOWN
from analytics.kpi import KPI
from api.parameters import ParameterError, read_filter, read_page, read_params, read_versus
from semantic.errors import ProductError


def test_parameters_are_no_part_of_the_filter() -> None:
    assert read_filter("by=device&confidence=0.9&device=Mobile,Tablet").to_query() == "device=Mobile,Tablet"


def test_values_may_hold_every_sign() -> None:
    (clause,) = read_filter("location=a%2Cb,50%25%20%26%20more").clauses
    assert clause.values == ("50% & more", "a,b")  # type: ignore[union-attr]


def test_what_is_not_said_is_as_configured() -> None:
    assert read_params("device=Mobile&confidence=", KPI, Params(0.9)) == Params(0.9)


def test_parameters_are_read() -> None:
    assert read_params("by=time%5Fspent_s&confidence=0.99", BREAKDOWN, Params()) == Params(0.99, "time_spent_s")


def test_a_parameter_that_the_analysis_does_not_read_is_refused_with_those_that_it_does() -> None:
    with pytest.raises(ParameterError, match=r"'across'.*Known: .*confidence"):
        read_params("across=device", BREAKDOWN, Params())


def test_every_parameter_is_kept_out_of_the_filter() -> None:
    query = "&".join(f"{field.name}=x" for field in fields(Params))
    assert read_filter(f"{query}&device=Mobile").to_query() == "device=Mobile"


@pytest.mark.parametrize("text", ["0.5", "1", "-1", "x", "nan", "inf", "95%25"])
def test_a_level_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match=r"must lie in \(0.5, 1\)"):
        read_params(f"confidence={text}", KPI, Params())


SEGMENTED = replace(KPI, parameters=("depth", "min_sessions"))


def test_depth_and_least_sessions_are_whole_numbers() -> None:
    assert read_params("depth=3&min_sessions=500", SEGMENTED, Params()) == Params(depth=3, min_sessions=500)


@pytest.mark.parametrize("query", ["depth=0", "depth=4", "depth=2.0", "min_sessions=0", "min_sessions=-1", "depth=%B2"])
def test_numbers_outside_their_range_are_refused(query: str) -> None:
    with pytest.raises(ParameterError, match="must be"):
        read_params(query, SEGMENTED, Params())


PLANNED = replace(KPI, parameters=("goal", "traffic_share", "treatment_share"))


def test_plans_are_read() -> None:
    found = read_params("goal=no_loss&traffic_share=1&treatment_share=0.1", PLANNED, Params())
    assert found == Params(goal="no_loss", traffic_share=1.0, treatment_share=0.1)


@pytest.mark.parametrize("query", ["goal=win", "traffic_share=0", "traffic_share=1.5", "treatment_share=1"])
def test_plans_outside_their_range_are_refused(query: str) -> None:
    with pytest.raises(ProductError):
        read_params(query, PLANNED, Params())


@pytest.mark.parametrize(
    ("query", "versus"),
    [
        ("device=Mobile", None),
        ("versus=", None),
        ("versus=all", ""),
        ("versus=device%3DTablet%26location%3Da%252Cb&device=Mobile", "device=Tablet&location=a%2Cb"),
    ],
)
def test_another_selection_is_a_filter_within_the_url(query: str, versus: str | None) -> None:
    found = read_versus(query, KPI)
    assert (None if found is None else found.to_query()) == versus
    assert "versus" not in read_filter(query).dimensions


def test_an_analysis_that_compares_with_nothing_refuses_another_selection() -> None:
    with pytest.raises(ParameterError, match="unknown parameter of breakdown 'versus'"):
        read_versus("versus=all", BREAKDOWN)


def test_a_page_is_read_beside_its_filter() -> None:
    query = read_page("device=Mobile&sort=-revenue&first=200&n=50&find=+u7+&by=device")
    assert (query.where.dimensions, query.sort.to_text(), query.first, query.n_rows) == (
        ("by", "device"),
        "-revenue",
        200,
        50,
    )
    assert (query.find, read_page("").n_rows) == ("u7", 100)
