import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from semantic.catalog import MISSING, Dimension
from semantic.domain import Domain, bin_labels, choose_edges, day_members
from semantic.filter import Clause, FilterError, RangeClause

AGE = Domain(Dimension("age", "Age", "age", "band"), ("under 18", "18–25", "26 and over", MISSING), (18.0, 26.0))
DAY = Domain(Dimension("day", "Date", "day", "time"), ("2026-02-27", "2026-02-28", "2026-03-01", MISSING))
DEVICE = Domain(Dimension("device", "Device", "device", "category"), ("Mobile", "Desktop"))


@pytest.mark.parametrize(
    ("domain", "clause", "kept"),
    [
        (AGE, Clause("age", ("18–25", MISSING)), [False, True, False, True]),
        (AGE, RangeClause("age", 18.0, 26.0), [False, True, False, False]),
        (AGE, RangeClause("age", None, 18.0), [True, False, False, False]),
        (AGE, RangeClause("age", 26.0, None), [False, False, True, False]),
        (AGE, RangeClause("age", None, None), [True, True, True, False]),
        (DAY, RangeClause("day", date(2026, 2, 28), date(2026, 3, 1)), [False, True, False, False]),
        (DAY, RangeClause("day", date(2020, 1, 1), date(2030, 1, 1)), [True, True, True, False]),
        (DAY, RangeClause("day", date(2030, 1, 1), None), [False, False, False, False]),
        (DAY, RangeClause("day", None, date(2020, 1, 1)), [False, False, False, False]),
        (DEVICE, Clause("device", ("Toaster",)), [False, False]),
    ],
)
def test_a_clause_keeps_the_members_that_it_names(domain: Domain, clause, kept: list[bool]) -> None:
    assert domain.mask(clause).tolist() == kept


def test_a_range_that_cuts_a_bin_is_not_exact() -> None:
    assert AGE.is_exact(RangeClause("age", 18.0, None))
    assert not AGE.is_exact(RangeClause("age", 20.0, None))


@pytest.mark.parametrize(
    ("domain", "clause"),
    [
        (DEVICE, RangeClause("device", 1.0, 2.0)),
        (AGE, RangeClause("age", date(2026, 1, 1), None)),
        (DAY, RangeClause("day", 3.0, None)),
    ],
)
def test_a_range_of_the_wrong_type_is_refused_in_words(domain: Domain, clause: RangeClause) -> None:
    with pytest.raises(FilterError, match=f"{domain.dimension.name} has"):
        domain.mask(clause)


@pytest.mark.parametrize("members", [(), (MISSING,)])
def test_without_days_a_range_of_days_keeps_nothing(members: tuple[str, ...]) -> None:
    days = Domain(Dimension("day", "Date", "day", "time"), members)
    assert not days.mask(RangeClause("day", date(2026, 7, 1), date(2026, 8, 1))).any()


def test_unknown_values_are_named() -> None:
    assert DEVICE.unknown(Clause("device", ("Mobile", "Toaster"))) == ("Toaster",)


def test_a_domain_survives_json() -> None:
    assert Domain.from_json(AGE.dimension, AGE.to_json()) == AGE


@given(hnp.arrays(float, st.integers(1, 60), elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 3))))
def test_chosen_edges_ascend_and_stay_few(values: np.ndarray) -> None:
    edges = choose_edges(values)
    assert 1 <= len(edges) <= 45
    assert all(a < b for a, b in itertools.pairwise(edges))


def test_whole_numbers_with_few_values_get_a_bin_each() -> None:
    edges = choose_edges(np.arange(1, 20, dtype=float))
    assert bin_labels(edges, integral=True)[1] == f"{edges[0]:.0f}"


@pytest.mark.parametrize("values", [[], [np.nan], [5.0, 5.0]])
def test_values_without_spread_still_get_an_edge(values: list[float]) -> None:
    assert len(choose_edges(np.array(values))) == 1


def test_days_run_without_gaps_over_a_leap_day() -> None:
    first = (date(2028, 2, 28) - date(1970, 1, 1)).days
    assert day_members(first, first + 2) == ("2028-02-28", "2028-02-29", "2028-03-01")
