from datetime import date

import numpy as np
import pytest

from semantic.catalog import MISSING
from semantic.coded_column import CodedColumn
from semantic.cube import Cube
from semantic.filter import Clause, FilterError, RangeClause
from semantic.row_codes import codes_of, cuts_of
from semantic.selection import within

AGES = np.array([12.0, 18.0, 25.5, 30.0, 49.0, 50.0, 70.0, np.nan])


@pytest.fixture
def age(cube: Cube) -> CodedColumn:
    cuts = cuts_of(AGES[[0, 3, 6]], cube.domains["age"].edges)
    return CodedColumn("age", codes_of(AGES, cuts), cuts, cube.domains["age"])


@pytest.mark.parametrize("place", range(5))
def test_a_bin_keeps_the_values_between_its_edges(age: CodedColumn, cube: Cube, place: int) -> None:
    member = cube.domains["age"].members[place]
    kept = within(age.codes, age.runs(Clause("age", (member,))))
    assert AGES[kept].tolist() == [[12.0], [18.0, 25.5], [30.0, 49.0], [50.0, 70.0]][place] if place < 4 else kept[-1]


def test_a_range_within_a_code_is_told_to_be_partial(age: CodedColumn) -> None:
    clause = RangeClause("age", 18.0, 45.0)
    assert AGES[within(age.codes, age.runs(clause))].tolist() == [18.0, 25.5, 30.0, 49.0]
    assert [code in age.codes[4:5] for code in age.partial(clause)] == [True]


def test_a_range_whose_ends_are_cuts_is_exact(age: CodedColumn) -> None:
    assert age.partial(RangeClause("age", 18.0, 50.0)) == ()
    assert age.runs(RangeClause("age", 50.0, 18.0)) == ()


def test_missing_values_stand_last_either_way(age: CodedColumn) -> None:
    for is_descending in (False, True):
        assert age.rank(is_descending).order[-1] == age.codes[-1]


def test_members_stand_in_alphabetical_order(cube: Cube) -> None:
    domain = cube.domains["location"]
    order = CodedColumn("location", np.zeros(0, np.uint8), None, domain).rank(is_descending=True).order
    names = [domain.members[place] for place in order]
    assert names == [*sorted((m for m in domain.members if m != MISSING), reverse=True), MISSING]


def test_an_end_of_the_wrong_kind_is_refused(age: CodedColumn) -> None:
    with pytest.raises(FilterError, match="must be numbers"):
        age.runs(RangeClause("age", date(2026, 7, 1), None))


def test_each_code_belongs_to_the_bin_of_its_values(age: CodedColumn) -> None:
    assert age.places()[age.codes].tolist() == [0, 1, 1, 2, 2, 3, 3, 4]
