import math

import pytest

from model.examples import OTHER, Feature
from model.vocabulary.meaning import MemberReader, NumberReader, missing, reader_for

COUNTRY = Feature(
    "country", "Country", "category", ("USA", "India"), aliases=(("Bharat", "India"), ("Oz", "Australia"))
)
AGE = Feature("age", "Age", "number", low=16, high=75, unit="years")


@pytest.mark.parametrize("text", ["usa ", "uSA", "\tＵＳＡ\n", " Usa"])
def test_case_and_space_are_repaired_and_told(text: str) -> None:
    found = MemberReader(COUNTRY).read(text)
    assert (found.number, found.is_fault) == (0, False)
    assert found.notice == f"Country {text!r} was read as 'USA'."


def test_an_alias_is_repaired_and_told() -> None:
    assert MemberReader(COUNTRY).read(" BHARAT").notice == "Country ' BHARAT' was read as 'India'."


def test_an_alias_may_write_its_member_in_its_own_way() -> None:
    city = Feature("city", "City", "category", ("Mumbai",), aliases=(("Bombay", "mumbai "),))
    assert MemberReader(city).read("bombay").number == 0


def test_an_alias_of_a_member_that_was_never_seen_is_unknown() -> None:
    assert MemberReader(COUNTRY).read("Oz").is_fault


def test_a_member_as_it_is_needs_no_word() -> None:
    assert MemberReader(COUNTRY).read("India") == (1, "", "", False)


def test_an_unknown_member_is_missing_and_says_so() -> None:
    found = MemberReader(COUNTRY).read("Indai")
    assert math.isnan(found.number)
    assert found.is_fault
    assert found.notice == (
        "Country is 'Indai', which the model does not know; did you mean 'India'? it knows USA, India; "
        "it was taken as missing."
    )


def test_where_rare_members_are_one_an_unknown_one_is_among_them() -> None:
    found = MemberReader(Feature("city", "City", "category", ("Pune", OTHER))).read("Goa")
    assert (found.number, found.is_fault) == (1, False)
    assert "City 'Goa' is too rare" in found.notice


@pytest.mark.parametrize(("value", "code"), [(7, 0), (7.0, 0), ("7", 0), (1.5, 1), (True, 2)])
def test_members_are_found_by_the_text_of_numbers(value: object, code: int) -> None:
    assert MemberReader(Feature("region", "Region", "category", ("7", "1.5", "True"))).read(value).number == code


@pytest.mark.parametrize(("value", "number"), [("30", 30), (" 30.5 ", 30.5), (30, 30), ("1e1", 16)])
def test_numbers_are_read_as_they_are_written(value: object, number: float) -> None:
    assert NumberReader(AGE).read(value).number == number


@pytest.mark.parametrize(("value", "edge"), [(999, 75), (-1, 16), ("0", 16)])
def test_a_number_beyond_what_was_learned_from_stands_at_the_edge(value: object, edge: float) -> None:
    found = NumberReader(AGE).read(value)
    assert (found.number, found.is_fault) == (edge, True)
    span = "the model learned from 16 to 75 years"
    assert found.notice == f"Age is {value}; {span}; {edge} was taken for it."


@pytest.mark.parametrize("value", ["abc", "3_0", "1e999", math.inf, "30 years", [], "nan(1)"])
def test_what_is_no_number_is_a_fault(value: object) -> None:
    found = NumberReader(AGE).read(value)
    assert math.isnan(found.number)
    assert found.is_fault
    assert "which is no number" in found.notice


@pytest.mark.parametrize("value", ["", "  ", math.nan, "NaN", "null", "n/a"])
def test_a_missing_number_is_told_where_none_was_missing_in_training(value: object) -> None:
    assert NumberReader(AGE).read(value) == missing(AGE)
    assert missing(AGE).is_fault
    known = Feature("age", "Age", "number", low=16, high=75, has_missing=True)
    assert not NumberReader(known).read(value).note


def test_the_median_stands_for_a_number_that_was_never_missing() -> None:
    reader = NumberReader(Feature("age", "Age", "number", low=16, high=75, median=34))
    assert (reader.read("").number, reader.read("old").number) == (34, 34)
    assert reader.read("old").notice == "Age is 'old', which is no number; the median, 34, was taken for it."


@pytest.mark.parametrize("value", ["", " ", "(missing)", None, math.nan])
def test_a_missing_member_is_told_where_none_was_missing_in_training(value: object) -> None:
    assert reader_for(COUNTRY).read(value) == missing(COUNTRY)


def test_of_many_members_a_few_are_named() -> None:
    many = Feature("city", "City", "category", tuple(f"city {place}" for place in range(30)))
    assert "city 7 and 22 more" in MemberReader(many).read("x" * 500).notice
    assert len(MemberReader(many).read("x" * 500).notice) < 300


def test_a_number_without_a_known_range_may_be_any() -> None:
    assert NumberReader(Feature("age", "Age", "number")).read(1e300) == (1e300, "", "", False)
