import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.spelling import Speller, same, tidy


@pytest.mark.parametrize("text", ["bangalore", " BANGALORE ", "Bengaluru", "bengaluru\t", "BENGALURU\n"])
def test_every_way_to_write_a_member_is_one_member(text: str) -> None:
    assert Speller(["Bangalore"], {"Bengaluru": "Bangalore"}).spell(text) == "Bangalore"


def test_an_unknown_text_keeps_the_spelling_seen_first() -> None:
    speller = Speller()
    assert [speller.spell(text) for text in ("São  Paulo", "SÃO PAULO", "são paulo")] == ["São Paulo"] * 3


def test_an_alias_may_name_a_member_that_is_not_listed() -> None:
    speller = Speller(aliases={"NYC": "New York"})
    assert (speller.spell("nyc"), speller.spell("new york")) == ("New York", "New York")


@pytest.mark.parametrize("text", ["", "  ", "\t", "(missing)", "\x00"])
def test_a_text_that_says_nothing_is_missing(text: str) -> None:
    assert Speller().spell(text) == ""


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert same("Köln", unicodedata.normalize("NFD", "köln"))


@given(st.text())
def test_spelling_is_stable(text: str) -> None:
    speller = Speller()
    once = speller.spell(text)
    assert speller.spell(once) == once


@given(st.text())
def test_tidy_leaves_no_outer_or_double_space(text: str) -> None:
    tidied = tidy(text)
    assert tidied == tidied.strip(" \t\n")
    assert "  " not in tidied
