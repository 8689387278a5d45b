"""What checks are given."""

import numpy as np

from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import ENGINES, observed_of, two_engines, units_of


def test_control_stands_first() -> None:
    observed = two_engines(60, 40)
    assert (observed.variants, observed.control) == (("Old", "New"), "Old")
    assert observed.n_units.tolist() == [40, 60]


def test_shares_stand_beside_their_variants() -> None:
    observed = two_engines(60, 40, shares=(("New", 1.0), ("Old", 3.0)))
    np.testing.assert_allclose(observed.shares, [0.75, 0.25])


def test_a_comparison_needs_two_planned_variants() -> None:
    assert two_engines(60, 40).can_compare
    assert not two_engines(60, 0).can_compare
    assert not two_engines(60, 40, shares=(("New", 1.0),)).can_compare


def test_one_look_is_that_of_the_fixed_method() -> None:
    assert [two_engines(1, 1, method).looks.is_one for method in ("fixed", "sequential", "")] == [True, False, False]
    assert two_engines(1, 1, planned_units=5_000).looks.n_planned == 5_000


def test_a_unit_is_a_user_where_users_are_known() -> None:
    assert two_engines(1, 1).unit == "user"
    assert observed_of(catalog_of(), units=units_of(ENGINES, [1, 1])).unit == "session"
